import re
from dataclasses import replace

import pytest

from hedge import load
from hedge.annotations import Corpus
from hedge.errors import AnnotationError, ModelError
from hedge.labels import Label
from hedge.models import load_model, read_manifest


def test_a_model_is_trained_and_written(run, small, working):
    result = run("train", "--data", small, "--output", "models/mine")
    model, manifest = load_model(working / "models" / "mine")
    assert model.kind == manifest.kind == "linear"
    assert manifest.data["sha256"] == Corpus.load(small).sha256
    card = (working / "models" / "mine" / "README.md").read_text(encoding="utf-8")
    assert card.startswith("---\nlanguage: en\n")
    assert "## Limits" in card
    assert result.stdout == ""
    first, metrics, last = result.stderr.splitlines()
    assert first == "Training a linear model on 2 documents …"
    assert metrics.startswith("validation, written: macro-F1 0.")
    assert last == "Written to models/mine. Use it with --model models/mine"


def test_documents_without_text_are_put_down(run, incomplete, working):
    result = run("train", "--data", incomplete, "--output", "mine")
    assert result.stderr.startswith("hedge: warning: 6 documents are left out")
    assert read_manifest(working / "mine").data["unresolved_documents"] == 6


def test_a_model_that_is_there_gives_way_only_if_asked(run, small, working):
    run("train", "--data", small, "--output", "mine")
    before = (working / "mine" / "manifest.json").stat().st_ino
    with pytest.raises(ModelError, match="there is a model already; pass another --output, or --replace"):
        run("train", "--data", small, "--output", "mine")
    assert (working / "mine" / "manifest.json").stat().st_ino == before
    assert run("train", "--data", small, "--output", "mine", "--replace").exit_code == 0
    assert (working / "mine" / "manifest.json").stat().st_ino != before
    assert [path.name for path in working.iterdir()] == ["mine"]


def test_a_place_that_holds_something_else_is_refused(run, small, working):
    (working / "mine").write_text("a file", encoding="utf-8")
    (working / "thesis").mkdir()
    (working / "thesis" / "chapter.txt").touch()
    for place in ("mine", "thesis"):
        with pytest.raises(ModelError, match=place):
            run("train", "--data", small, "--output", place, "--replace")
    assert (working / "mine").read_text(encoding="utf-8") == "a file"
    assert (working / "thesis" / "chapter.txt").exists()


@pytest.mark.parametrize("place", ["file/mine", "file/new/mine", "m" * 250])
def test_a_place_that_cannot_be_written_is_refused_before_training(run, working, place):
    (working / "file").touch()
    with pytest.raises(ModelError, match=f"{place}: cannot be written"):
        run("train", "--data", "nowhere", "--output", place)
    assert [path.name for path in working.iterdir()] == ["file"]


@pytest.mark.parametrize("split", ["train", "validation"])
def test_an_empty_split_is_an_error_and_nothing_is_written(run, small, working, tmp_path, split):
    Corpus.load(small).filter(lambda document: document.split != split).save(tmp_path / "part")
    cure = re.escape(f"import more, or some into it (hedge annotations import --split {split})")
    with pytest.raises(AnnotationError, match=f"part: the split '{split}' has no documents; {cure}"):
        run("train", "--data", tmp_path / "part", "--output", "mine")
    assert list(working.iterdir()) == []


def test_where_the_texts_of_a_split_are_missing_they_are_asked_for(run, standing_off, working):
    with pytest.raises(AnnotationError, match="off: the split 'train' has no documents with text; pass --texts"):
        run("train", "--data", standing_off, "--output", "mine")
    assert list(working.iterdir()) == []


def test_a_label_that_no_training_sentence_has_is_named_with_the_corpus(run, small, working, tmp_path):
    changed(small, tmp_path / "facts", lambda sentence: replace(sentence, label=Label.FACT, cues=(), source=None))
    with pytest.raises(AnnotationError, match="facts: there is no training sentence labelled report, spec"):
        run("train", "--data", tmp_path / "facts", "--output", "mine")
    assert list(working.iterdir()) == []


def test_without_a_sentence_that_states_nothing_a_model_is_trained_and_that_is_said(run, small, working, tmp_path):
    changed(small, tmp_path / "labelled", lambda sentence: sentence if sentence.label else None)
    result = run("train", "--data", tmp_path / "labelled", "--output", "mine")
    assert result.exit_code == 0
    assert "labelled: no training sentence is labelled skip, so that the model will label" in result.stderr
    (sentence, _) = load("mine").classify("Read more\n\nThe quay is shut.").sentences
    assert sentence.label is not None


def changed(corpus, folder, change):
    """Save a corpus with other sentences: what ``change`` makes of each, or without it."""
    documents = Corpus.load(corpus).documents
    kept = [replace(d, sentences=tuple(filter(None, map(change, d.sentences)))) for d in documents]
    Corpus(tuple(kept)).save(folder)


def test_one_document_is_one_document(run, small, working, tmp_path):
    documents = Corpus.load(small).documents
    first = next(d for d in documents if d.split == "train")
    Corpus(tuple(d for d in documents if d.split != "train" or d is first)).save(tmp_path / "one")
    result = run("train", "--data", tmp_path / "one", "--output", "mine")
    assert result.stderr.startswith("Training a linear model on 1 document …\n")


def test_the_output_must_be_named(run, small):
    result = run("train", "--data", small)
    assert result.exit_code == 2
    assert "--output" in result.stderr


def test_an_encoder_needs_a_base(run, small, working):
    result = run("train", "--data", small, "--output", "mine", "--model", "encoder")
    assert result.exit_code == 2
    assert "--model encoder needs --base: a folder, or an id such as sentence-transformers/" in result.stderr
    assert list(working.iterdir()) == []


@pytest.mark.parametrize(
    "options", [("--base", "some/encoder"), ("--checkpoints", "kept"), ("--resume",), ("--seed", "0")]
)
def test_what_only_an_encoder_takes_is_refused_without_one(run, small, working, options):
    result = run("train", "--data", small, "--output", "mine", *options)
    assert result.exit_code == 2
    assert f"only an encoder takes {options[0]}; add --model encoder, or go without" in result.stderr
    assert list(working.iterdir()) == []
