import io
import json

import pytest

from hedge.annotations.formats import LeftOut, prodigy
from hedge.annotations.formats.item import Item
from hedge.errors import AnnotationError

OPTIONS = [{"id": name, "text": name.title()} for name in ("fact", "report", "speculation", "opinion", "skip")]
HASHES = {"_input_hash": -17, "_task_hash": 4, "_timestamp": 1762600000, "_view_id": "choice"}


def test_a_choice_as_prodigy_writes_it(file):
    task = {
        "text": "It may go.",
        "options": OPTIONS,
        "accept": ["speculation"],
        "answer": "accept",
        "meta": {"document": "weir", "sentence": 3},
        "spans": [{"start": 3, "end": 6, "label": "hedge", "token_start": 1, "token_end": 1}],
        "_annotator_id": "news-ada",
        "_session_id": "news-ada",
        **HASHES,
    }
    (item,) = prodigy.read(file("a.jsonl", [task]))
    assert (item.text, item.document, item.number, item.label) == ("It may go.", "weir", 3, "speculation")
    assert (item.annotator, item.marks) == ("news-ada", [("hedge", 3, 6)])


def test_a_binary_answer_as_prodigy_writes_it(file):
    tasks = [{"text": "It went.", "label": "FACT", "answer": "accept", "meta": {}, **HASHES}]
    (item,) = prodigy.read(file("a.jsonl", tasks))
    assert (item.label, item.document, item.cues) == ("fact", None, None)


def test_a_choice_may_come_without_its_options(file):
    (item,) = prodigy.read(file("a.jsonl", [{"text": "It went.", "accept": ["fact"], "answer": "accept"}]))
    assert item.label == "fact"


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"label": "fact", "answer": "reject"}, "rejected"),
        ({"label": "fact", "answer": "ignore"}, "ignored"),
        ({"label": "fact"}, "without an answer"),
        ({"options": OPTIONS, "accept": ["fact"], "answer": "ignore"}, "ignored"),
        ({"options": OPTIONS, "accept": ["fact"], "answer": "reject"}, "rejected"),
        ({"options": OPTIONS, "accept": [], "answer": "accept"}, "without an answer"),
        ({"options": OPTIONS, "answer": "accept"}, "without an answer"),
        ({"accept": [], "answer": "accept"}, "without an answer"),
        ({"accept": ["fact"], "answer": "ignore"}, "ignored"),
        ({"options": OPTIONS, "accept": ["fact", "report"], "answer": "accept"}, "with several labels"),
    ],
)
def test_what_was_not_accepted_is_no_answer(file, fields, why):
    path = file("a.jsonl", [{"text": "It went.", **fields}])
    assert list(prodigy.read(path)) == [LeftOut(f"{path}, line 1", why)]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"label": "rumour"}, "'rumour' is none of fact, report"),
        ({"answer": "yes"}, "'answer' is 'yes'"),
        ({"text": " "}, "there is no text"),
        ({"meta": {"document": "d", "sentence": "x"}}, "'sentence' is 'x'"),
        ({"meta": {"document": "d", "sentence": -1}}, "'sentence' is -1"),
        ({"meta": {"document": "d", "sentence": float("inf")}}, "'sentence' is inf"),
        ({"meta": {"sentence": 3}}, "no 'document' is named"),
        ({"meta": "d"}, r"not as Prodigy writes it \(a value in it is of another kind than it should be\)"),
        ({"spans": [{"start": 0, "end": 2, "label": "ORG"}]}, "'ORG' is none of attribution"),
        ({"spans": [{"start": 0, "end": 99, "label": "hedge"}]}, "0–99 is not inside"),
    ],
)
def test_a_broken_task_is_an_error_with_file_and_line(file, fields, message):
    path = file("a.jsonl", [{"text": "It went.", "label": "fact", "answer": "accept", **fields}])
    with pytest.raises(AnnotationError, match=message) as caught:
        list(prodigy.read(path))
    assert str(caught.value).startswith(f"{path}, line 1: ")


def test_what_is_missing_is_named(file):
    path = file("a.jsonl", [{"text": "It went.", "answer": "accept"}])
    with pytest.raises(AnnotationError, match=r"not as Prodigy writes it \('label' is missing\); is it another format"):
        list(prodigy.read(path))


def test_a_binary_question_asks_about_the_suggestion():
    stream = io.StringIO()
    prodigy.write_binary([Item("It may.", suggestion="speculation", score=0.9, model="m")], stream)
    task = json.loads(stream.getvalue())
    assert (task["label"], "answer" in task) == ("speculation", False)
    with pytest.raises(AnnotationError, match="pass --model"):
        prodigy.write_binary([Item("It may.")], io.StringIO())


def test_a_suggestion_is_shown_but_not_chosen_before_the_annotator():
    stream = io.StringIO()
    prodigy.write_choice([Item("It may.", suggestion="speculation", score=0.9, model="m")], stream)
    task = json.loads(stream.getvalue())
    assert task["accept"] == []
    assert task["meta"] == {"suggestion": "speculation", "score": 0.9, "model": "m"}
