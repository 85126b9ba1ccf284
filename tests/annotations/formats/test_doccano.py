import pytest

from hedge.annotations.formats import LeftOut, doccano
from hedge.errors import AnnotationError


def test_lines_as_doccano_writes_them(file):
    line = {"id": 31, "text": "It may go.", "document": "weir", "sentence": 2, "label": ["speculation"], "Comments": []}
    path = file("a.jsonl", [line, {**line, "label": []}, {**line, "label": ["fact", "report"]}])
    item, *others = doccano.read(path)
    assert (item.document, item.number, item.label, item.cues) == ("weir", 2, "speculation", None)
    assert others == [
        LeftOut(f"{path}, line 2", "without an answer"),
        LeftOut(f"{path}, line 3", "with several labels"),
    ]


def test_spans_of_another_kind_of_project_are_an_error(file):
    path = file("a.jsonl", [{"id": 1, "text": "It may go.", "label": [[3, 6, "hedge"]]}])
    with pytest.raises(AnnotationError, match="line 1: 'label' is not a list of names"):
        list(doccano.read(path))
