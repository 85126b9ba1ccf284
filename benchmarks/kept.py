"""Arrays of a run, kept in a file, so that a benchmark that was interrupted goes on where it stopped.

Corpus and settings are known by their hashes, the code is not: remove the folder when it has changed.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from hedge.annotations import Corpus
from hedge.whole import written_whole

__all__ = ["kept_arrays"]

Arrays = Mapping[str, npt.NDArray[Any]]


def kept_arrays(
    folder: Path, corpus: Corpus, name: str, make: Callable[[], Arrays], *made_with: object
) -> dict[str, npt.NDArray[Any]]:
    """Return what ``make`` gave when it was first called for this name and corpus, with these settings.

    :param folder: Where files are kept, by the hash of the corpus.
    :param made_with: What else it depends on; known by how it is written.
    """
    plain = re.sub(r"[^\w.]+", "-", name)
    settings = hashlib.sha256(repr(made_with).encode()).hexdigest()[:8]
    file = folder / corpus.sha256[:12] / f"{plain}-{settings}.npz"
    if not file.exists():
        began = time.monotonic()
        arrays = make()
        with written_whole(file) as aside, aside.open("wb") as stream:
            np.savez(stream, allow_pickle=False, **arrays)
        print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)
    with np.load(file) as loaded:
        return dict(loaded)
