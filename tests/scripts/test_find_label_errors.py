from __future__ import annotations

import pytest

from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus
from hedge.labels import Label

pytest.importorskip("cleanlab")

KINDS = (
    ("The {} shut.", Label.FACT),
    ("The {} shut, she said.", Label.REPORT),
    ("The {} may shut.", Label.SPECULATION),
    ("A disgrace, the {}.", Label.OPINION),
    ("Read more {}", None),
)
THINGS = ("mill", "quay", "bank", "shop", "ferry", "weir", "lock", "school", "mine", "mast", "inn", "yard")


def document(number, split, wrong=()):
    sentences = [AnnotatedSentence(text.format(THINGS[number]), label) for text, label in KINDS]
    for i in wrong:
        sentences[i] = AnnotatedSentence(sentences[i].text, Label.OPINION)
    return AnnotatedDocument(f"d{number}", "brief", "written", "hedge", "ours", split, tuple(sentences))


@pytest.mark.slow
def test_wrong_labels_of_the_training_split_come_first(run_script, tmp_path, capsys):
    training = [document(n, "train", wrong=[1] if n == 3 else []) for n in range(11)]
    Corpus((*training, document(11, "test", wrong=[1]))).save(tmp_path)
    run_script("find_label_errors.py", "--data", tmp_path, "--count", 1)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "=== d3 (brief)"
    marked = [line for line in lines if "<<<<" in line]
    assert len(marked) == 1
    assert marked[0].startswith("1\tThe shop shut, she said. <<<< opinion; the model: report (0.")
