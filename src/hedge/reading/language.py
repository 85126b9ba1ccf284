"""A warning for a text that is not English, which no model here was trained on."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["not_english"]

LETTERS_NEEDED = 60
CHARACTERS_READ = 4_000


def not_english(text: str) -> str | None:
    """Return a note if the text is reliably in another language, else ``None``.

    Short texts are not judged, nor any where CLD2 (``pycld2``) has no wheel.
    """
    sample = _printable(text[:CHARACTERS_READ])
    if sum(map(str.isalpha, sample)) < LETTERS_NEEDED:
        return None
    detector = _detector()
    if detector is None:
        return None
    try:
        reliable, _, languages = detector.detect(sample)
    except detector.error:
        return None
    name, code, *_ = languages[0]
    if not reliable or code in {"en", "un", "sco"}:
        return None
    return f"looks like {name.title()}, not English: the labels mean nothing there"


def _detector() -> Any:  # noqa: ANN401 - an untyped C module
    try:
        import pycld2
    except ImportError:
        return None
    return pycld2


def _printable(text: str) -> str:
    """Drop what CLD2 refuses: control characters and lone surrogates."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]", " ", text)
