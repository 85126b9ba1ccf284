"""How numbers, and errors of Python, are put."""

from __future__ import annotations

import json

__all__ = ["counted", "in_words"]


def counted(number: int, noun: str) -> str:
    """Return a number, with commas in large ones, and its noun, in the plural unless the number is one."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def in_words(error: Exception) -> str:
    """Say what is wrong with a record, from what reading it raised, without Python's names and without the record."""
    if isinstance(error, KeyError):
        return f"{error.args[0]!r} is missing"
    if isinstance(error, UnicodeDecodeError):
        return "not text in UTF-8"
    if isinstance(error, json.JSONDecodeError):
        return f"not valid JSON: {error}"
    if isinstance(error, OSError):
        return error.strerror or "cannot be read"
    return "a value in it is of another kind than it should be"
