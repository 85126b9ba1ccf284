import json

from hedge.document import Document
from hedge.output import OutputOptions, render

EXPECTED = (
    '{"hedge": 1, "id": null, "model": null, "text": "🚢 came.", '
    '"counts": {"fact": 1, "report": 0, "speculation": 0, "opinion": 0}, '
    '"sentences": [{"text": "🚢 came.", "start": 0, "end": 7, "label": "fact", "unsure": false, "probability": 1.0, '
    '"probabilities": {"fact": 1.0, "report": 0.0, "speculation": 0.0, "opinion": 0.0, "skip": 0.0}, '
    '"paragraph": 0, "heading": false, '
    '"cues": [], "source": null, "hedged": false, "evaluative": false, "truncated": false}]}\n'
)


def test_a_line_for_a_document(other):
    assert list(render([other], "jsonl")) == [EXPECTED]


def test_lines_read_back_are_the_documents(document, other, empty, marked):
    documents = [document, empty, other, marked, document.with_min_confidence(0.7)]
    lines = list(render(documents, "jsonl"))
    assert all(line.count("\n") == 1 for line in lines)
    assert [Document.from_dict(json.loads(line)) for line in lines] == documents


def test_with_chosen_labels_there_are_only_their_sentences_but_all_counts(document):
    (line,) = render([document], "jsonl", OutputOptions(labels=frozenset({"fact", "skip"})))
    record = json.loads(line)
    assert [sentence["label"] for sentence in record["sentences"]] == [None, "fact"]
    assert record["counts"] == {"fact": 1, "report": 1, "speculation": 1, "opinion": 1}
    assert record["text"] == document.text


def test_unsure_sentences_keep_their_label_and_count_for_none(document):
    (line,) = render([document.with_min_confidence(0.5)], "jsonl")
    record = json.loads(line)
    assert [(sentence["label"], sentence["unsure"]) for sentence in record["sentences"]][3] == ("speculation", True)
    assert record["counts"]["speculation"] == 0
