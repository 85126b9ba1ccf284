import io
import json
from xml.etree import ElementTree as ET

import pytest

from hedge.annotations.formats import LeftOut, label_studio
from hedge.annotations.formats.item import Item
from hedge.errors import AnnotationError
from hedge.labels import CLASSES


def choice(*names):
    return {
        "id": "x1",
        "from_name": "label",
        "to_name": "text",
        "type": "choices",
        "origin": "manual",
        "value": {"choices": list(names)},
    }


def span(words, start, end, *labels):
    value = {"start": start, "end": end, "text": words, "labels": list(labels)}
    return {"id": "x2", "from_name": "cues", "to_name": "text", "type": "labels", "value": value}


def annotation(*result, who=1, **fields):
    return {"id": 7, "completed_by": who, "result": list(result), "was_cancelled": False, "lead_time": 3.1, **fields}


def task(*annotations, **data):
    return {
        "id": 12,
        "data": {"text": "It may go, he said.", "document": "weir", "sentence": 2, **data},
        "annotations": list(annotations),
        "predictions": [{"model_version": "m", "score": 0.5, "result": [choice("fact")]}],
        "drafts": [],
        "project": 3,
    }


@pytest.mark.parametrize(
    ("who", "annotator"),
    [(1, "1"), ({"id": 4, "email": "ada@example.org", "first_name": "Ada"}, "ada@example.org"), ({"id": 4}, "4")],
)
def test_an_annotation_as_label_studio_writes_it(file, who, annotator):
    result = [choice("report"), span("may", 3, 6, "hedge"), span("he", 11, 13, "source")]
    (item,) = label_studio.read(file("a.json", [task(annotation(*result, who=who))]))
    assert (item.document, item.number, item.label, item.annotator) == ("weir", 2, "report", annotator)
    assert item.marks == [("hedge", 3, 6), ("source", 11, 13)]


def test_offsets_in_utf_16_are_mended_by_the_words(file):
    answers = annotation(choice("report"), span("said", 9, 13, "attribution"))
    (item,) = label_studio.read(file("a.json", [task(answers, text="🚢🚢 he said.")]))
    assert item.marks == [("attribution", 6, 10)]


def test_every_annotator_is_heard_but_not_a_cancelled_one(file):
    path = file(
        "a.json",
        [
            task(
                annotation(choice("fact"), who=1),
                annotation(choice("report"), who=2),
                annotation(choice("opinion"), who=3, was_cancelled=True),
            )
        ],
    )
    first, second, third = label_studio.read(path)
    assert [(item.annotator, item.label) for item in (first, second)] == [("1", "fact"), ("2", "report")]
    assert third == LeftOut(f"{path}, record 1", "cancelled")


@pytest.mark.parametrize(
    ("annotations", "why"),
    [
        ([], "without an answer"),
        ([annotation()], "without an answer"),
        ([annotation(choice())], "without an answer"),
        ([annotation(choice("fact", "report"))], "with several labels"),
    ],
)
def test_a_prediction_is_no_answer(file, annotations, why):
    path = file("a.json", [task(*annotations)])
    assert list(label_studio.read(path)) == [LeftOut(f"{path}, record 1", why)]


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (task(annotation(choice("Rumour"))), "'Rumour' is none of fact"),
        ({"id": 1, "text": "It went.", "label": "fact"}, "not JSON-MIN"),
        (task(annotation(choice("fact"), span("never", 0, 3, "hedge"))), "not in their sentence"),
        (task(annotation("fact")), "not as Label Studio writes"),
    ],
)
def test_a_broken_task_is_an_error_with_file_and_number(file, record, message):
    path = file("a.json", [task(annotation(choice("fact"))), record])
    with pytest.raises(AnnotationError, match=message) as caught:
        list(label_studio.read(path))
    assert str(caught.value).startswith(f"{path}, record 2: ")


def test_tasks_and_their_configuration_fit_each_other():
    items = [Item("It may.", "d", 0, suggestion="speculation", score=0.9, model="m", label="fact")]
    stream = io.StringIO()
    label_studio.write(items, stream)
    (written,) = json.loads(stream.getvalue())
    view = ET.fromstring(label_studio.configuration())  # noqa: S314
    controls = {element.get("name"): element for element in view}
    assert [choice.get("value") for choice in controls["label"]] == list(CLASSES)
    for element in view.iter("Text"):
        assert element.get("value")[1:] in written["data"]
    for part in (*written["annotations"], *written["predictions"]):
        for result in part["result"]:
            assert controls[result["from_name"]].get("toName") == result["to_name"] == "text"
    assert written["predictions"][0]["score"] == 0.9
