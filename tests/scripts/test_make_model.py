from __future__ import annotations

import json
import sys

import numpy as np
import pytest

import hedge
from hedge.annotations import AnnotatedDocument, AnnotatedSentence
from hedge.labels import Label
from hedge.reading import Article
from hedge.segmentation.sentences import segment_article

torch = pytest.importorskip("torch")
load_file = pytest.importorskip("safetensors.torch").load_file
for needed in ("transformers", "accelerate", "onnx", "datasketch"):
    pytest.importorskip(needed)

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def make_model(monkeypatch, tiny_base, tiny_corpus, tiny_settings, tmp_path):
    """Return a function that runs the recipe on the tiny corpus, with settings that it learns by."""
    from pathlib import Path

    monkeypatch.delenv("HEDGE_TEXTS", raising=False)
    monkeypatch.syspath_prepend(Path(__file__).resolve().parents[2] / "scripts")
    import make_model as script

    monkeypatch.setattr(script, "TEACHER", tiny_settings)
    monkeypatch.setattr(script, "STUDENT", tiny_settings)
    monkeypatch.setattr(script, "NARROW_STUDENT", tiny_settings)
    monkeypatch.setattr(script, "WIDTH", 48)
    tiny_corpus.save(tmp_path / "data")
    pool = tmp_path / "pool.jsonl"
    pool.write_text(
        "".join(json.dumps({"text": f"The {word} may shut . She said more ."}) + "\n" for word in ("a", "b"))
    )

    def run(*more):
        options = {
            "--data": tmp_path / "data",
            "--teacher": tiny_base,
            "--student": tiny_base,
            "--pool": pool,
            "--teachers": 2,
            "--work": tmp_path / "work",
            "--output": tmp_path / "models" / "made",
        }
        monkeypatch.setattr(
            sys, "argv", ["make_model.py", *(str(part) for pair in options.items() for part in pair), *more]
        )
        script.main()
        return tmp_path / "models" / "made"

    return run


def test_the_recipe_ends_in_a_model_with_its_card_and_goes_on_where_it_stopped(make_model, tmp_path):
    folder = make_model()
    classifier = hedge.load(folder)
    (sentence,) = classifier.classify("The mast shut , she said .").sentences
    assert sentence.label is Label.REPORT
    assert (folder / "README.md").read_text(encoding="utf-8").startswith("---\nlicense: apache-2.0\n")
    assert "label_smoothing" not in classifier.manifest.settings
    assert classifier.manifest.settings["narrowing"] == {"learning_rate": 5e-3, "epochs": 30}
    (work,) = (tmp_path / "work").iterdir()
    trained = {file: file.stat().st_mtime_ns for file in work.glob("teachers-*/teacher-?/*")}
    assert len({file.parent for file in trained}) == 2
    assert classifier.manifest.data["narrowed_to"] == 48
    assert "narrowed to 48 neurons" in (folder / "README.md").read_text(encoding="utf-8")
    (student,) = work.glob("student-*")
    (narrow,) = student.glob("narrow-*")
    (narrowed,) = narrow.glob("*/model.safetensors")
    weight = "encoder.layer.0.intermediate.dense.weight"
    before, shipped = (load_file(file)[weight].float() for file in (narrowed, folder / "model.safetensors"))
    assert before.shape == shipped.shape == (48, 32)
    learnt = load_file(narrow / "steps" / "finished.safetensors")[f"encoder.{weight}"]
    torch.testing.assert_close(shipped, learnt, atol=1e-3, rtol=1e-2)
    assert not torch.equal(before, shipped)
    trained |= {file: file.stat().st_mtime_ns for file in student.glob("**/*.safetensors")}
    make_model("--taught-on", work.name)
    assert {file: file.stat().st_mtime_ns for file in trained} == trained


def test_teachers_of_another_corpus_must_all_be_there(make_model, capsys):
    with pytest.raises(SystemExit):
        make_model("--taught-on", "0123456789ab")
    assert "0123456789ab" in capsys.readouterr().err


def test_each_teacher_is_asked_once_about_each_excerpt(make_model, tmp_path, monkeypatch):
    import make_model as script

    asked = []

    def parrot(teacher, document):
        asked.append((teacher, document.segmented))
        return np.full((len(document.sentences), 5), teacher, np.float32)

    monkeypatch.setattr(script, "ask", parrot)
    text = "The mast shut . She said more . The crew left ."
    for teachers, mean in (([0.1, 0.3], 0.2), ([0.1, 0.3, 0.8], 0.4)):
        for places in ([(0, 15)], [(16, 31), (32, 47)]):
            excerpt = segment_article(Article(text, sentences=tuple(places)))
            sentences = tuple(AnnotatedSentence(sentence, None) for sentence in excerpt.sentences)
            document = AnnotatedDocument("part", "news", "real", "s", "l", "train", sentences, excerpt=excerpt)
            together = script.said(teachers, document, tmp_path, "unlabelled")
            assert together == pytest.approx(np.full((len(places), 5), mean))
    assert len(asked) == len(set(asked)) == 6
