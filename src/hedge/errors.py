"""What can go wrong, as a small hierarchy; every message says what, where and what to do about it."""

from __future__ import annotations

__all__ = ["AnnotationError", "HedgeError", "MissingExtraError", "ModelError", "ReadingError", "WireFormatError"]


class HedgeError(Exception):
    """The base of every error that hedge raises on purpose."""


class ReadingError(HedgeError):
    """A file or a record in it cannot be read as text."""

    def __init__(self, where: str, what: str, cure: str) -> None:
        super().__init__(f"{where}: {what}; {cure}")
        self.where, self.what, self.cure = where, what, cure

    def __reduce__(self) -> tuple[type[ReadingError], tuple[str, str, str]]:
        return type(self), (self.where, self.what, self.cure)


class ModelError(HedgeError):
    """A model is not there, is damaged, or is of a kind or version this hedge does not know."""


class AnnotationError(HedgeError):
    """An annotated corpus has a broken or contradictory record."""


class WireFormatError(HedgeError, ValueError):
    """A dictionary or line is not a document as hedge writes it."""


class MissingExtraError(HedgeError, ImportError):
    """An optional part of hedge is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs the extra {extra!r}; in the clone of hedge, run: pip install -e '.[{extra}]'")
        self.what, self.extra = what, extra

    def __reduce__(self) -> tuple[type[MissingExtraError], tuple[str, str]]:
        return type(self), (self.what, self.extra)
