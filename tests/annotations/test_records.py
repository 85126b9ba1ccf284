import hashlib
from dataclasses import replace

import pytest

from hedge.annotations import AnnotatedDocument, AnnotatedSentence
from hedge.annotations.records import text_hash
from hedge.labels import Label


def document(*texts):
    sentences = tuple(AnnotatedSentence(text, Label.FACT) for text in texts)
    return AnnotatedDocument("d", "news", "written", "hedge", "own", "train", sentences)


@pytest.mark.parametrize(("label", "name"), [(Label.OPINION, "opinion"), (Label.FACT, "fact"), (None, "skip")])
def test_the_class_of_a_sentence_is_its_label_or_skip(label, name):
    assert AnnotatedSentence("Words.", label).class_name == name


def test_the_text_of_a_document_is_its_sentences_a_line_each():
    segmented = document("Fog returns", "It was thick.", "It may lift.").segmented
    assert segmented.text == "Fog returns\nIt was thick.\nIt may lift."
    assert segmented.sentences == ["Fog returns", "It was thick.", "It may lift."]
    assert [span.heading for span in segmented.spans] == [True, False, False]


@pytest.mark.parametrize(
    ("sentences", "text"),
    [
        (["It was thick.", "It may lift."], "It was thick. It may lift."),
        (["Fog returns", "It was thick.", "It may lift."], "Fog returns\n\nIt was thick. It may lift."),
        (["It was thick.", "Outlook", "It may lift."], "It was thick.\n\nOutlook\n\nIt may lift."),
        (["Fog", "Outlook"], "Fog\n\nOutlook"),
    ],
)
def test_running_text_sets_headings_apart_and_runs_the_other_sentences_on(sentences, text):
    assert document(*sentences).running_text == text


def test_the_hash_is_that_of_the_text_in_utf_8():
    assert document("Ö.", "𝔭.").sha256 == hashlib.sha256("Ö.\n𝔭.".encode()).hexdigest() == text_hash("Ö.\n𝔭.")


def test_a_row_has_its_keys_in_order_and_none_that_is_empty(corpus):
    foreign, own = corpus.documents
    common = ["id", "split", "origin", "genre", "source", "licence"]
    assert list(own.to_row()) == [*common, "title", "retells", "sha256"]
    assert list(foreign.to_row()) == [*common, "url", "sha256"]
    assert list(replace(own, title=None, retells=None).to_row()) == [*common, "sha256"]


def test_sentence_rows_have_their_text_or_its_place(corpus):
    own = corpus.documents[1]
    for written, standing_off, sentence in zip(
        own.to_sentence_rows(with_text=True), own.to_sentence_rows(with_text=False), own.sentences, strict=True
    ):
        assert written["text"] == sentence.text
        assert "text" not in standing_off
        assert own.segmented.text[standing_off["start"] : standing_off["end"]] == sentence.text
        assert written["label"] == standing_off["label"] == sentence.class_name


def test_cues_and_source_count_from_the_beginning_of_their_sentence(corpus):
    _, row, plain = corpus.documents[1].to_sentence_rows(with_text=True)
    found = {cue["kind"]: row["text"][cue["start"] : cue["end"]] for cue in row["cues"]}
    assert found == {"hedge": "may", "attribution": "said"}
    assert row["text"][row["source"]["start"] : row["source"]["end"]] == "Ida Bruun"
    assert set(plain) == {"document", "text", "label"}
