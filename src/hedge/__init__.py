"""hedge: on whose word a news text stands, and how firmly, sentence by sentence.

>>> import hedge
>>> document = hedge.load().classify("The plant will close on Friday, two employees said.")
>>> document.sentences[0].label
<Label.REPORT: 'report'>
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from hedge.document import Cue, Document, Sentence, Source
from hedge.errors import HedgeError
from hedge.labels import CueKind, Label

if TYPE_CHECKING:
    from hedge.classifier import Classifier, load
    from hedge.reading import Article, read

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Classifier",
    "Cue",
    "CueKind",
    "Document",
    "HedgeError",
    "Label",
    "Sentence",
    "Source",
    "load",
    "read",
]

_LAZY = {
    "Article": "hedge.reading",
    "Classifier": "hedge.classifier",
    "load": "hedge.classifier",
    "read": "hedge.reading",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - PEP 562: numpy and the readers load when first asked for
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
