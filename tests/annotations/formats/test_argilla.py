import io
import json

import pytest

from hedge.annotations.exchange import items_of_corpus, merged
from hedge.annotations.formats import LeftOut, argilla
from hedge.annotations.formats.item import Item
from hedge.errors import AnnotationError


def record(*responses, **fields):
    return {
        "id": "weir:2",
        "fields": {"text": "It may go."},
        "metadata": {"document": "weir", "sentence": 2},
        "suggestions": {"label": {"value": "fact", "score": 0.4, "agent": "m"}},
        "responses": {"label": list(responses)} if responses else {},
        "vectors": {},
        **fields,
    }


def test_responses_as_argilla_writes_them(file):
    path = file(
        "a.json",
        [
            record(
                {"value": "speculation", "user_id": "3c1f", "status": "submitted"},
                {"value": "fact", "user_id": "9ab0"},
                {"value": "fact", "user_id": "77d2", "status": "discarded"},
                {"value": None, "user_id": "77d3", "status": "draft"},
            ),
            record(),
        ],
    )
    first, second, *others = argilla.read(path)
    assert [(i.document, i.number, i.label, i.annotator) for i in (first, second)] == [
        ("weir", 2, "speculation", "3c1f"),
        ("weir", 2, "fact", "9ab0"),
    ]
    assert others == [
        LeftOut(f"{path}, record 1", "discarded"),
        LeftOut(f"{path}, record 1", "drafts"),
        LeftOut(f"{path}, record 2", "without an answer"),
    ]


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (record(fields=None), "no 'fields'"),
        (record({"value": "rumour", "user_id": "1"}), "'rumour' is none of"),
        (record({"value": "fact"}, metadata={"readings": '[["ada", "rumour"]]'}), "'rumour' is none of"),
        (record(responses=[{"value": "fact"}]), "not as Argilla writes"),
    ],
)
def test_a_broken_record_is_an_error_with_file_and_number(file, broken, message):
    path = file("a.json", [broken])
    with pytest.raises(AnnotationError, match=rf"record 1: .*{message}"):
        list(argilla.read(path))


def test_the_settled_label_is_the_response_and_not_what_was_read_before(file):
    readings = (("ada", "fact"), ("ben", "fact"))
    stream = io.StringIO()
    argilla.write([Item("It may.", "d", 0, label="speculation", readings=readings)], stream)
    (written,) = json.loads(stream.getvalue())
    assert written["responses"] == {"label": [{"value": "speculation", "user_id": "hedge"}]}
    (item,) = argilla.read(file("a.json", [written]))
    assert (item.label, item.annotator, item.readings) == ("speculation", None, readings)


@pytest.mark.parametrize("told", [True, False])
def test_a_correction_in_argilla_takes_the_place_of_the_label_that_was_exported(corpus, file, told):
    stream = io.StringIO()
    argilla.write(items_of_corpus(corpus), stream)
    exported = json.loads(stream.getvalue())
    corrected = json.loads(stream.getvalue())
    answer = {"value": "opinion", "status": "submitted"} | ({"user_id": "3c1f"} if told else {})
    corrected[0]["responses"]["label"].append(answer)
    records = [*argilla.read(file("b.json", exported)), *argilla.read(file("a.json", corrected))]
    result = merged(corpus, records, template=corpus.documents[0], annotator="ben")
    first, *others = result.corpus.documents[0].sentences
    assert (first.class_name, first.readings) == (
        "opinion",
        (("first", "fact"), ("3c1f" if told else "ben", "opinion")),
    )
    assert tuple(others) == corpus.documents[0].sentences[1:]
    assert (result.changed, result.undecided) == (1, ())


def test_what_a_model_says_is_a_suggestion():
    stream = io.StringIO()
    argilla.write([Item("It may.", "d", 0, suggestion="speculation", score=0.9, model="m")], stream)
    (written,) = json.loads(stream.getvalue())
    assert written["suggestions"] == {"label": {"value": "speculation", "score": 0.9, "agent": "m"}}
    assert written["responses"] == {}
