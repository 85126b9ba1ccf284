import pickle
from pathlib import Path

import pytest

from hedge.errors import (
    AnnotationError,
    HedgeError,
    MissingExtraError,
    ModelError,
    ReadingError,
    WireFormatError,
)

README = Path(__file__).resolve().parents[1] / "README.md"
EXAMPLES = [
    ReadingError("quay.txt", "there is no text in it", "pass another"),
    ModelError("there is no model 'x'"),
    AnnotationError("line 3 is broken"),
    WireFormatError("not a document"),
    MissingExtraError("Reading HTML", "html"),
]


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_every_error_is_a_hedge_error(error):
    assert isinstance(error, HedgeError)


@pytest.mark.parametrize(("kind", "builtin"), [(WireFormatError, ValueError), (MissingExtraError, ImportError)])
def test_errors_that_python_has_a_name_for_are_of_that_kind_too(kind, builtin):
    assert issubclass(kind, builtin)


def test_a_reading_error_says_where_what_and_what_to_do():
    error = ReadingError("quay.txt, line 3", "not valid JSON", "mend it")
    assert str(error) == "quay.txt, line 3: not valid JSON; mend it"
    assert (error.where, error.what, error.cure) == ("quay.txt, line 3", "not valid JSON", "mend it")


@pytest.mark.parametrize("extra", ["html", "train"])
def test_a_missing_extra_says_how_to_install_it_as_readme_does(extra):
    command = f"pip install -e '.[{extra}]'"
    message = str(MissingExtraError("This", extra))
    assert message == f"This needs the extra {extra!r}; in the clone of hedge, run: {command}"
    assert command in README.read_text(encoding="utf-8")


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_errors_come_through_pickle_as_between_processes(error):
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(again) is type(error)
    assert str(again) == str(error)
