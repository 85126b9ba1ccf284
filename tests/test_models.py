import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import hedge
from hedge.errors import ModelError
from hedge.inference.encoder import EncoderModel
from hedge.labels import CLASSES
from hedge.linear.features import BLOCKS
from hedge.linear.model import LinearModel
from hedge.models import (
    CARD_FILE,
    MANIFEST_FILE,
    Manifest,
    find_model,
    list_models,
    load_model,
    read_manifest,
    save_model,
)
from hedge.segmentation import SegmentedText, segment

DEFAULT_FOLDER = Path(__file__).resolve().parents[1] / "models" / "default"
TEXT = "The mill has closed. It may open again in spring."


@pytest.fixture
def model():
    vocabularies = {block: {} for block in BLOCKS}
    vocabularies["words"] = {"may": 0, "closed": 1}
    weights = np.zeros((2, len(CLASSES)), np.float32)
    weights[0, CLASSES.index("speculation")] = weights[1, CLASSES.index("fact")] = 3
    return LinearModel(vocabularies, np.ones(2, np.float32), weights, np.zeros(len(CLASSES), np.float32))


@pytest.fixture
def manifest():
    return Manifest(
        kind="linear",
        created="2026-01-31",
        temperature=1.5,
        data={"sha256": "0" * 64},
        metrics={},
        libraries={"python": "3.10"},
    )


@pytest.fixture(autouse=True)
def places(tmp_path, monkeypatch):
    """Where models are looked for by name, apart from those of the machine that runs the tests."""
    working, data = tmp_path / "working", tmp_path / "data"
    working.mkdir()
    monkeypatch.chdir(working)
    monkeypatch.setattr("hedge.models.user_data_path", lambda application: data / application)
    return {"path": working, "./models": working / "models", "user data": data / "hedge" / "models"}


@pytest.fixture
def saved(tmp_path, model, manifest):
    folder = tmp_path / "saved"
    save_model(folder, model, manifest)
    return folder


def rewrite_manifest(folder, **changes):
    record = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
    (folder / MANIFEST_FILE).write_text(json.dumps({**record, **changes}), encoding="utf-8")


def below(folder):
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_saved_model_is_loaded_with_the_same_logits_and_manifest(tmp_path, model, manifest):
    written = save_model(tmp_path / "new" / "mine", model, manifest)
    loaded, read = load_model(tmp_path / "new" / "mine")
    segmented = SegmentedText(TEXT, tuple(segment(TEXT)))
    assert read == written
    assert replace(read, files={}) == manifest
    assert set(read.files) == set(LinearModel.files)
    (expected,), (found,) = list(model.logits([segmented])), list(loaded.logits([segmented]))
    np.testing.assert_array_equal(found, expected)
    assert CLASSES[expected[1].argmax()] == "speculation"


def test_saving_leaves_nothing_but_the_model(saved):
    assert set(below(saved.parent)) == {f"saved/{name}" for name in (MANIFEST_FILE, *LinearModel.files)}


@pytest.mark.parametrize("as_text", [True, False])
def test_a_model_is_found_by_the_path_of_its_folder(saved, as_text):
    assert find_model(str(saved) if as_text else saved) == saved


@pytest.mark.parametrize("place", ["./models", "user data"])
def test_a_model_is_found_by_name(saved, places, place):
    shutil.copytree(saved, places[place] / "mine")
    assert find_model("mine").resolve() == places[place] / "mine"
    assert "mine" in {folder.name for folder in list_models()}


def test_the_default_model_is_found_wherever_one_is():
    assert find_model("default") == DEFAULT_FOLDER
    assert [folder for folder in list_models() if folder.name == "default"] == [DEFAULT_FOLDER]
    assert hedge.load().name == "default"


def test_a_name_is_looked_for_as_a_path_then_here_then_with_the_user_then_with_the_package(saved, places):
    for place in ("user data", "./models", "path"):  # from the last to the first
        shutil.copytree(saved, places[place] / "default")
        assert find_model("default").resolve() == places[place] / "default"


def test_a_model_that_stands_before_another_of_its_name_hides_it_from_the_list(saved, places):
    for place in ("user data", "./models"):
        shutil.copytree(saved, places[place] / "mine")
    found = [folder.resolve() for folder in list_models() if folder.name == "mine"]
    assert found == [places["./models"] / "mine"]


def test_a_folder_without_a_manifest_is_no_model(places):
    (places["./models"] / "default").mkdir(parents=True)
    assert find_model("default") == DEFAULT_FOLDER


def test_a_name_that_no_folder_can_have_is_of_no_model():
    with pytest.raises(ModelError, match="there is no model 'xxx"):
        find_model("x" * 5000)


def test_an_unknown_name_is_answered_with_those_there_are(saved, places):
    shutil.copytree(saved, places["./models"] / "mine")
    with pytest.raises(ModelError, match=r"no model 'defualt'.*default, mine"):
        find_model("defualt")


@pytest.mark.parametrize("file", LinearModel.files)
def test_a_damaged_file_is_named(saved, file):
    data = bytearray((saved / file).read_bytes())
    data[len(data) // 2] ^= 1
    (saved / file).write_bytes(data)
    with pytest.raises(ModelError, match=rf"saved: {file} is not the file the manifest names.*again"):
        load_model(saved)


@pytest.mark.parametrize("file", LinearModel.files)
def test_a_missing_file_is_named(saved, file):
    (saved / file).unlink()
    with pytest.raises(ModelError, match=rf"saved: {file} is missing.*again"):
        load_model(saved)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '"linear"',
        "{}",
        '{"format": 1}',
        '{"format": 1, "classes": null}',
        '{"format": 1, "classes": [], "colour": "red"}',
    ],
)
def test_a_broken_manifest_is_named(saved, text):
    (saved / MANIFEST_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=r"saved: its manifest\.json is broken.*again"):
        read_manifest(saved)
    with pytest.raises(ModelError, match=r"saved: its manifest\.json is broken"):
        load_model(saved)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xff\xfe" * 5_000, "not text in UTF-8"),
        (b"{}", "'format' is missing"),
        (b"{", r"not valid JSON: Expecting [^()]* \(char 1\)"),
        (b"[" * 100_000, "a value in it is of another kind than it should be"),
        (b"[]", "a value in it is of another kind than it should be"),
    ],
    ids=["binary", "empty", "cut off", "deep", "list"],
)
def test_what_is_wrong_with_a_manifest_is_said_in_a_few_words(saved, content, why):
    (saved / MANIFEST_FILE).write_bytes(content)
    with pytest.raises(ModelError, match=rf"is broken \({why}\); train or fetch the model again$"):
        read_manifest(saved)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"format": 2}, r"saved: a model of format 2; this hedge reads format 1; update"),
        ({"kind": "oracle"}, r"saved: a model of the kind 'oracle'.*update"),
        ({"classes": ["true", "false"]}, r"saved: made for the classes true, false, not fact, report"),
        ({"classes": list(CLASSES[::-1])}, r"saved: made for the classes skip, .* not fact, report"),
        ({"files": {}}, r"saved: the manifest does not name vocabulary\.json, arrays\.npz"),
        ({"files": {"arrays.npz": "0" * 64}}, r"saved: arrays\.npz is not the file"),
        ({"files": ["arrays.npz"]}, r"saved: .*manifest"),
        ({"temperature": "warm"}, r"saved: .*manifest"),
        ({"power": 0}, r"saved: its manifest\.json is broken .*a power of 0"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused_with_its_reason(saved, changes, message):
    rewrite_manifest(saved, **changes)
    with pytest.raises(ModelError, match=message):
        load_model(saved)


def test_a_field_that_was_added_later_is_passed_over(saved):
    before = load_model(saved)[1]
    rewrite_manifest(saved, colour="red")
    assert load_model(saved)[1] == before


def test_a_manifest_without_a_power_is_of_temperature_scaling(saved):
    record = json.loads((saved / MANIFEST_FILE).read_text(encoding="utf-8"))
    del record["power"]
    (saved / MANIFEST_FILE).write_text(json.dumps(record), encoding="utf-8")
    assert load_model(saved)[1].power == 1


def test_pickled_objects_are_never_loaded_even_with_a_matching_hash(tmp_path, manifest):
    ran = tmp_path / "ran"

    class Harmful:
        def __reduce__(self):
            return Path.touch, (ran,)

    class Pickling(LinearModel):
        def write(self, folder):
            super().write(folder)
            np.savez(folder / "arrays.npz", idf=np.array([Harmful()], dtype=object))

    empty = np.zeros(0, np.float32)
    save_model(tmp_path / "bad", Pickling({block: {} for block in BLOCKS}, empty, empty, empty), manifest)
    with pytest.raises((ModelError, ValueError)):
        load_model(tmp_path / "bad")
    assert not ran.exists()


def test_a_model_is_not_overwritten_unless_asked(saved, model, manifest):
    before = below(saved)
    with pytest.raises(ModelError, match=r"saved: there is a model already.*--replace"):
        save_model(saved, model, replace(manifest, created="2026-02-01"))
    assert below(saved) == before


def test_a_model_is_replaced_whole(saved, model, manifest):
    save_model(saved, model, replace(manifest, created="2026-02-01"), replace=True)
    assert load_model(saved)[1].created == "2026-02-01"
    assert set(below(saved.parent)) == {f"saved/{name}" for name in (MANIFEST_FILE, *LinearModel.files)}


def test_what_else_lies_in_a_model_folder_is_not_deleted_with_it(saved, model, manifest):
    (saved / "notes.txt").write_text("mine", encoding="utf-8")
    before = below(saved)
    with pytest.raises(ModelError, match=r"holds other things than a model \(notes\.txt\)"):
        save_model(saved, model, manifest, replace=True)
    assert below(saved) == before


def test_an_empty_folder_is_taken(tmp_path, model, manifest):
    (tmp_path / "new").mkdir()
    save_model(tmp_path / "new", model, manifest)
    assert load_model(tmp_path / "new")[1].created == manifest.created


@pytest.mark.parametrize("give_way", [True, False])
def test_a_folder_with_other_things_is_never_replaced(tmp_path, model, manifest, give_way):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(ModelError, match="thesis: "):
        save_model(tmp_path / "thesis", model, manifest, replace=give_way)
    assert below(tmp_path) == {"thesis/chapter.txt": b"years of work"}


@pytest.mark.parametrize("give_way", [True, False])
def test_a_file_is_never_replaced_by_a_model(tmp_path, model, manifest, give_way):
    (tmp_path / "notes").write_text("mine", encoding="utf-8")
    with pytest.raises(ModelError, match="notes"):
        save_model(tmp_path / "notes", model, manifest, replace=give_way)
    assert below(tmp_path) == {"notes": b"mine"}


def test_a_failure_while_writing_leaves_the_old_model_and_nothing_aside(saved, model, manifest):
    class OutOfSpace(LinearModel):
        def write(self, folder):
            (folder / "vocabulary.json").write_text("{", encoding="utf-8")
            raise OSError("no space left")

    broken = OutOfSpace(model.vocabularies, model.idf, model.weights, model.intercepts)
    before = below(saved.parent)
    with pytest.raises(OSError, match="no space"):
        save_model(saved, broken, manifest, replace=True)
    with pytest.raises(OSError, match="no space"):
        save_model(saved.parent / "another", broken, manifest)
    assert below(saved.parent) == before
    assert not (saved.parent / "another").exists()


def test_the_shipped_model_is_small_and_holds_no_pickle():
    files = below(DEFAULT_FOLDER)
    running = {MANIFEST_FILE, CARD_FILE, *EncoderModel.files}
    retraining = {"config.json", "heads.safetensors", "model.safetensors", "tokenizer_config.json"}
    assert running <= set(files) <= running | retraining  # a source distribution leaves out what only retraining needs
    assert sum(len(files[name]) for name in running) <= 40_000_000
    assert not any(re.match(rb"\x80[\x02-\x05]", content) for content in files.values())  # as pickles begin


def test_the_shipped_manifest_says_what_the_model_was_made_from():
    manifest = read_manifest(DEFAULT_FOLDER)
    assert manifest.kind == "encoder"
    assert manifest.classes == CLASSES
    assert manifest.data["training_documents"] > 0
    assert {"python", "numpy", "onnxruntime", "sentencex", "tokenizers", "torch"} <= set(manifest.libraries)
    assert all(values["accuracy"] > 0.5 for values in manifest.metrics.values())
