import json
from dataclasses import FrozenInstanceError, replace

import pytest

from hedge.document import WIRE_VERSION, Cue, Document, Sentence, Source
from hedge.errors import HedgeError, WireFormatError
from hedge.labels import CLASSES, CueKind, Label


def make_sentence(label, probability, start=0, **fields):
    rest = (1 - probability) / 4
    values = {name: probability if name == (label or "skip") else rest for name in CLASSES}
    return Sentence("Ships.", start, start + 6, label, values, **fields)


LABELLED = [
    (Label.FACT, 0.9),
    (Label.FACT, 0.6),
    (Label.REPORT, 0.75),
    (Label.OPINION, 0.5),
    (None, 0.8),
    (None, 0.4),
]
DOCUMENT = Document(
    " ".join(["Ships."] * len(LABELLED)),
    tuple(make_sentence(label, value, 7 * i, paragraph=i // 2) for i, (label, value) in enumerate(LABELLED)),
    id="ships",
    model="tiny",
)


@pytest.mark.parametrize(
    ("label", "unsure", "shown"),
    [
        (Label.FACT, False, "fact"),
        (Label.SPECULATION, False, "speculation"),
        (None, False, "skip"),
        (Label.OPINION, True, "unsure"),
        (None, True, "unsure"),
    ],
)
def test_a_sentence_shows_its_label(label, unsure, shown):
    assert make_sentence(label, 0.7, unsure=unsure).shown_label == shown


@pytest.mark.parametrize("label", [*Label, None])
def test_the_probability_is_that_of_the_label_or_of_stating_nothing(label):
    assert make_sentence(label, 0.7).probability == 0.7


def test_counts_leave_out_sentences_without_a_label():
    assert DOCUMENT.counts == {Label.FACT: 2, Label.REPORT: 1, Label.SPECULATION: 0, Label.OPINION: 1}
    assert DOCUMENT.unsure == 0


def test_shares_are_of_the_sentences_with_a_label():
    assert DOCUMENT.share == {Label.FACT: 0.5, Label.REPORT: 0.25, Label.SPECULATION: 0, Label.OPINION: 0.25}


def test_a_document_that_states_nothing_has_shares_of_zero():
    assert Document("", ()).share == dict.fromkeys(Label, 0.0)
    assert Document("Ships.", (make_sentence(None, 0.9),)).share == dict.fromkeys(Label, 0.0)


@pytest.mark.parametrize(
    ("minimum", "unsure"), [(0, []), (0.5, [5]), (0.51, [3, 5]), (0.75, [1, 3, 5]), (1, [0, 1, 2, 3, 4, 5])]
)
def test_min_confidence_marks_what_is_below_it(minimum, unsure):
    marked = DOCUMENT.with_min_confidence(minimum)
    assert [i for i, sentence in enumerate(marked.sentences) if sentence.unsure] == unsure
    assert marked.unsure == len(unsure)
    assert [s.label for s in marked.sentences] == [s.label for s in DOCUMENT.sentences]


def test_unsure_sentences_count_for_no_label_but_in_the_whole():
    marked = DOCUMENT.with_min_confidence(0.7)
    assert marked.counts == {Label.FACT: 1, Label.REPORT: 1, Label.SPECULATION: 0, Label.OPINION: 0}
    assert marked.unsure == 3
    assert sum(marked.share.values()) + marked.unsure / 5 == pytest.approx(1)


def test_min_confidence_leaves_the_document_itself_alone_and_can_be_taken_back():
    marked = DOCUMENT.with_min_confidence(1)
    assert DOCUMENT.unsure == 0
    assert marked.with_min_confidence(0) == DOCUMENT


@pytest.mark.parametrize("minimum", [-0.01, 1.01, float("nan"), float("inf")])
def test_a_confidence_out_of_range_is_refused(minimum):
    with pytest.raises(ValueError, match="between 0 and 1"):
        DOCUMENT.with_min_confidence(minimum)


def test_documents_and_sentences_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        DOCUMENT.text = "other"
    with pytest.raises(FrozenInstanceError):
        DOCUMENT.sentences[0].label = None


def test_the_dictionary_form_has_these_keys_and_types():
    record = DOCUMENT.to_dict()
    assert list(record) == ["hedge", "id", "model", "text", "counts", "sentences"]
    assert (record["hedge"], record["id"], record["model"]) == (WIRE_VERSION, "ships", "tiny")
    assert record["counts"] == {"fact": 2, "report": 1, "speculation": 0, "opinion": 1}
    first = record["sentences"][0]
    assert {key: value for key, value in first.items() if key != "probabilities"} == {
        "text": "Ships.",
        "start": 0,
        "end": 6,
        "label": "fact",
        "unsure": False,
        "probability": 0.9,
        "paragraph": 0,
        "heading": False,
        "cues": [],
        "source": None,
        "hedged": False,
        "evaluative": False,
        "truncated": False,
    }
    assert list(first["probabilities"]) == list(CLASSES)
    assert type(first["label"]) is str
    assert record["sentences"][4]["label"] is None


@pytest.mark.parametrize(
    "document",
    [
        DOCUMENT,
        DOCUMENT.with_min_confidence(0.7),
        Document("", ()),
        Document("“Schiff”\u2028🚢 \ud83d", (make_sentence(Label.REPORT, 0.4, heading=True),)),
    ],
    ids=["plain", "unsure", "empty", "odd characters"],
)
def test_a_document_comes_back_from_its_dictionary_and_from_json(document):
    assert Document.from_dict(document.to_dict()) == document
    assert Document.from_dict(json.loads(json.dumps(document.to_dict()))) == document
    assert Document.from_dict(json.loads(json.dumps(document.to_dict(), ensure_ascii=False))) == document


def test_labels_come_back_as_labels():
    again = Document.from_dict(json.loads(json.dumps(DOCUMENT.to_dict())))
    assert all(sentence.label is None or isinstance(sentence.label, Label) for sentence in again.sentences)


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_another_version_is_refused(version):
    with pytest.raises(WireFormatError, match=rf"version 1 \(found: {version!r}\)"):
        Document.from_dict({**DOCUMENT.to_dict(), "hedge": version})


@pytest.mark.parametrize("record", [None, [], "text", 1, {}])
def test_what_is_no_document_is_refused(record):
    with pytest.raises(WireFormatError, match="not a hedge document"):
        Document.from_dict(record)


@pytest.mark.parametrize("key", ["id", "model", "text", "sentences"])
def test_a_document_without_a_key_is_refused(key):
    record = DOCUMENT.to_dict()
    del record[key]
    with pytest.raises(WireFormatError, match=key):
        Document.from_dict(record)


@pytest.mark.parametrize("key", ["text", "start", "end", "label", "unsure", "probabilities", "paragraph", "heading"])
def test_a_sentence_without_a_key_is_refused(key):
    record = DOCUMENT.sentences[0].to_dict()
    del record[key]
    with pytest.raises(WireFormatError, match=key):
        Sentence.from_dict(record)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("label", "rumour"),
        ("label", "skip"),
        ("probabilities", {"fact": 1.0}),
        ("probabilities", dict.fromkeys(CLASSES, "high")),
        ("probabilities", [0.2] * 5),
        ("text", None),
        ("text", 7),
        ("start", "0"),
        ("end", None),
        ("paragraph", "first"),
        ("heading", "no"),
        ("unsure", None),
    ],
)
def test_a_sentence_with_a_value_of_the_wrong_kind_is_refused(key, value):
    with pytest.raises(WireFormatError):
        Sentence.from_dict({**DOCUMENT.sentences[0].to_dict(), key: value})


@pytest.mark.parametrize(("key", "value"), [("text", None), ("text", 7), ("sentences", None), ("sentences", [None])])
def test_a_document_with_a_value_of_the_wrong_kind_is_refused(key, value):
    with pytest.raises(WireFormatError):
        Document.from_dict({**DOCUMENT.to_dict(), key: value})


def test_a_wire_format_error_can_be_caught_as_what_callers_expect():
    for kind in (HedgeError, ValueError):
        with pytest.raises(kind):
            Document.from_dict({})


def test_cue_kinds_tell_what_a_report_relays():
    def sentence(*kinds):
        cues = tuple(Cue(kind, "x", 0, 1) for kind in kinds)
        return replace(DOCUMENT.sentences[0], cues=cues)

    assert [(s.hedged, s.evaluative) for s in (sentence(), sentence(CueKind.ATTRIBUTION))] == [(False, False)] * 2
    assert sentence(CueKind.ATTRIBUTION, CueKind.HEDGE).hedged
    assert sentence(CueKind.EVALUATION).evaluative


def test_cues_and_source_come_back():
    marked = replace(
        DOCUMENT.sentences[0],
        cues=(Cue(CueKind.HEDGE, "Sh", 0, 2),),
        source=Source("ips", 2, 5),
        truncated=True,
    )
    assert Sentence.from_dict(marked.to_dict()) == marked


@pytest.mark.parametrize("field", [{"cues": [{"kind": "shout", "text": "x", "start": 0, "end": 1}]}, {"source": "x"}])
def test_broken_marks_are_refused(field):
    with pytest.raises(WireFormatError):
        Sentence.from_dict(DOCUMENT.sentences[0].to_dict() | field)


def test_records_from_before_there_were_cues_can_be_read():
    record = DOCUMENT.sentences[0].to_dict()
    for key in ("cues", "source", "hedged", "evaluative", "truncated"):
        del record[key]
    assert Sentence.from_dict(record) == DOCUMENT.sentences[0]
