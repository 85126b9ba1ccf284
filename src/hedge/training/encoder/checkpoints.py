"""What a training keeps so that it can go on, and how it knows that it is its own."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from torch import nn
from transformers.trainer_callback import TrainerState
from transformers.trainer_utils import PREFIX_CHECKPOINT_DIR, get_last_checkpoint

from hedge.annotations import AnnotatedDocument
from hedge.errors import ModelError
from hedge.training.encoder.examples import Lesson
from hedge.whole import written_whole

__all__ = ["EXAMPLES", "FINISHED", "hash_of_documents", "hash_of_lessons", "hash_of_network", "last_checkpoint"]

TRAINING = "training.json"
"""Beside the checkpoints: what they are of."""
FINISHED = "finished.safetensors"
"""Beside the checkpoints: the network that a training ended in."""
EXAMPLES = "examples"
"""The folder beside the checkpoints that holds what is learnt from, as an Arrow table."""
STATE = "trainer_state.json"
"""What transformers writes last into a checkpoint."""


def last_checkpoint(folder: Path, training: dict[str, Any], *, resume: bool) -> str | None:
    """Return the last checkpoint to go on from, or make room for new ones.

    :param folder: Where the checkpoints are; what is half written there gives way.
    :param training: What they should be of, as JSON can hold it.
    :param resume: Whether to go on; if not, or if a training has not begun there, what is there gives way.
    :raises ModelError: if those that are there are of another training.
    """
    note = folder / TRAINING
    described = json.dumps(training, indent=2) + "\n"
    checkpoints = list(folder.glob(f"{PREFIX_CHECKPOINT_DIR}-*"))
    if resume and note.exists():
        if note.read_text(encoding="utf-8") != described:
            raise ModelError(
                f"{folder}: its checkpoints are of another training (see {TRAINING}: base, data, settings or seed "
                "differ); name another folder, or leave out --resume, and they give way"
            )
        for checkpoint in checkpoints:
            if not _is_whole(checkpoint):
                shutil.rmtree(checkpoint)
        return get_last_checkpoint(str(folder))
    for checkpoint in checkpoints:
        shutil.rmtree(checkpoint)
    (folder / FINISHED).unlink(missing_ok=True)
    if (folder / EXAMPLES).exists():
        shutil.rmtree(folder / EXAMPLES)
    folder.mkdir(parents=True, exist_ok=True)
    with written_whole(note) as aside:
        aside.write_text(described, encoding="utf-8")
    return None


def _is_whole(checkpoint: Path) -> bool:
    try:
        TrainerState.load_from_json(str(checkpoint / STATE))
    except (OSError, ValueError):
        return False
    return True


def hash_of_lessons(lessons: Sequence[Lesson]) -> str:
    """Return a hash of all that is learnt from: documents, targets, and whether words are marked."""
    digest = hashlib.sha256(hash_of_documents(lesson.document for lesson in lessons).encode())
    for lesson in lessons:
        digest.update(lesson.targets.tobytes())
        digest.update(bytes([lesson.marked]))
    return digest.hexdigest()


def hash_of_documents(documents: Iterable[AnnotatedDocument]) -> str:
    """Return a hash of their origins, their sentences and how they are segmented, their labels, cues and sources."""
    digest = hashlib.sha256()
    for document in documents:
        learnt = [(sentence.label, sentence.cues, sentence.source) for sentence in document.sentences]
        digest.update(repr((document.origin, document.segmented, learnt)).encode())
    return digest.hexdigest()


def hash_of_network(network: nn.Module) -> str:
    """Return a hash of its parameters and buffers, and their names."""
    digest = hashlib.sha256()
    for name, values in network.state_dict().items():
        digest.update(name.encode())
        digest.update(values.detach().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()
