from __future__ import annotations

import pytest

from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus, CueSpan
from hedge.annotations.statistics import plot_labels, tables
from hedge.errors import HedgeError
from hedge.labels import CueKind, Label
from hedge.output.markdown_table import markdown_table

REPORT = AnnotatedSentence("It shut, she said.", Label.REPORT, (CueSpan(CueKind.ATTRIBUTION, 13, 17),), (9, 12))
FACT = AnnotatedSentence("It shut.", Label.FACT)


@pytest.fixture
def corpus():
    return Corpus(
        (
            AnnotatedDocument("a", "brief", "written", "hedge", "ours", "train", (FACT, REPORT, REPORT)),
            AnnotatedDocument(
                "b", "news", "real", "Wire", "CC BY 4.0", "test", (REPORT,), drawn="random", stands_off=True
            ),
        )
    )


def rows(corpus, title):
    lines = markdown_table(tables(corpus)[title]).splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_labels_are_counted_with_their_shares(corpus):
    assert rows(corpus, "Labels by origin") == [
        ["real", "1", "1", "0 (0%)", "1 (100%)", "0 (0%)", "0 (0%)", "0 (0%)"],
        ["written", "1", "3", "1 (33%)", "2 (67%)", "0 (0%)", "0 (0%)", "0 (0%)"],
    ]
    assert [row[0] for row in rows(corpus, "Labels by origin and split")] == ["real, test", "written, train"]


def test_drawn_documents_and_genres_of_real_text_are_counted_apart(corpus):
    assert [row[0] for row in rows(corpus, "Labels of drawn documents")] == ["random"]
    assert [row[0] for row in rows(corpus, "Labels by genre (real)")] == ["news"]


def test_lengths(corpus):
    assert rows(corpus, "Sentences per document") == [["real", "1", "1", "1", "4"], ["written", "3", "3", "3", "4"]]


def test_cues_are_shown_of_our_own_texts_only(corpus):
    attribution, hedge, evaluation = rows(corpus, "Commonest cues (texts that are ours)")
    assert attribution == ["attribution", "2", "1", "said 2"]
    assert hedge[:3] == ["hedge", "0", "0"]
    assert evaluation[:3] == ["evaluation", "0", "0"]


def test_the_picture_is_a_png(corpus, tmp_path):
    plot_labels(corpus, tmp_path / "labels.png")
    assert (tmp_path / "labels.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("labels.xyz", r"labels\.xyz: is no name of a picture; let it end in \.png"),
        ("labels", r"labels: is no name of a picture; let it end in \.png"),
        ("nowhere/labels.png", r"labels\.png: cannot be written \(No such file or directory\); check the folder"),
    ],
)
def test_a_picture_that_cannot_be_written_is_named(corpus, tmp_path, name, message):
    with pytest.raises(HedgeError, match=message):
        plot_labels(corpus, tmp_path / name)
    assert list(tmp_path.iterdir()) == []
