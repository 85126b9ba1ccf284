"""Numbers with their nouns, and errors of Python in words."""

import json

import pytest

from hedge.wording import counted, in_words


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 documents"), (1, "1 document"), (2, "2 documents"), (13720, "13,720 documents")]
)
def test_a_noun_is_in_the_plural_unless_there_is_one(number, words):
    assert counted(number, "document") == words


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (KeyError("label"), "'label' is missing"),
        (UnicodeDecodeError("utf-8", b"\xff" * 9_000, 0, 1, "invalid start byte"), "not text in UTF-8"),
        (PermissionError(13, "Permission denied"), "Permission denied"),
        (json.JSONDecodeError("Expecting value", "[", 1), "not valid JSON: Expecting value: line 1 column 2 (char 1)"),
        (TypeError("unhashable type: 'list'"), "a value in it is of another kind than it should be"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_reading_a_record_raised_is_said_without_python_names(error, words):
    assert in_words(error) == words
