import pytest

from hedge.document import Document, Sentence
from hedge.labels import CLASSES, Label
from hedge.output import OutputOptions, render

EXPECTED = """\
quay.txt:1:1: skip 0.60: Quay & ferry
quay.txt:3:1: fact 0.80: It is <shut>.
quay.txt:3:15: report 0.96: "So be it," she said.
quay.txt:6:1: speculation 0.40: It may open.
quay.txt:6:14: opinion 0.72: A shame!
"""


def test_a_sentence_a_line(document):
    assert list(render([document], "concise")) == [EXPECTED]


def test_a_document_without_an_id_and_one_without_sentences(other, empty):
    assert "".join(render([empty, other], "concise")) == "<text>:1:1: fact 1.00: 🚢 came.\n"


def test_chosen_labels_keep_their_places(document):
    options = OutputOptions(labels=frozenset({"opinion", "fact"}))
    lines = EXPECTED.splitlines(keepends=True)
    assert "".join(render([document], "concise", options)) == lines[1] + lines[4]


def test_unsure_sentences_are_shown_so(document):
    lines = "".join(render([document.with_min_confidence(0.5)], "concise")).splitlines()
    assert lines[3] == "quay.txt:6:1: unsure 0.40: It may open."


@pytest.mark.parametrize(
    ("before", "line", "column"),
    [
        ("", 1, 1),
        ("  ", 1, 3),
        ("One.\n", 2, 1),
        ("One.\r\n", 2, 1),
        ("One.\r\n\r\nTwo. ", 3, 6),
        ("\n\n\n", 4, 1),
        ("🚢é\u0301. ", 1, 6),
        ("One.\x0c", 1, 6),
        ("One.\u2028", 1, 6),
    ],
    ids=repr,
)
def test_lines_end_at_newlines_and_columns_count_characters(before, line, column):
    values = dict.fromkeys(CLASSES, 0.2)
    sentence = Sentence("Ships.", len(before), len(before) + 6, Label.FACT, values)
    (output,) = render([Document(before + "Ships.", (sentence,), id="a")], "concise")
    assert output == f"a:{line}:{column}: fact 0.20: Ships.\n"
