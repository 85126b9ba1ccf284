import json
from dataclasses import replace

import pytest

from hedge.errors import ModelError
from hedge.models import read_manifest, save_model


@pytest.fixture
def mine(classifier, working):
    save_model(working / "models" / "mine", classifier.model, classifier.manifest)
    return working / "models" / "mine"


def test_models_are_listed_with_kind_date_and_place(run, mine, classifier):
    rows = [line.split("\t") for line in run("models", "list").stdout.splitlines()]
    assert ["mine", f"encoder, {classifier.manifest.created}", "models/mine"] in rows
    assert "default" in {row[0] for row in rows}
    assert all(len(row) == 3 for row in rows)


def test_a_broken_model_is_listed_as_broken(run, mine):
    (mine / "manifest.json").write_text("{", encoding="utf-8")
    rows = {line.split("\t")[0]: line.split("\t")[1] for line in run("models", "list").stdout.splitlines()}
    assert rows["mine"].startswith("broken: models/mine: its manifest.json is broken")
    assert rows["default"].startswith("encoder, ")


def test_a_model_is_shown_with_its_place_and_whole_manifest(run, mine):
    record = json.loads(run("models", "show", "mine").stdout)
    assert record.pop("folder") == "models/mine"
    manifest = read_manifest(mine)
    assert record == json.loads((mine / "manifest.json").read_text(encoding="utf-8"))
    assert record["files"] == manifest.files


def test_the_default_model_is_shown_unless_another_is_named(run):
    assert run("models", "show").stdout == run("models", "show", "default").stdout


def test_a_damaged_model_is_not_shown(run, mine):
    with (mine / "model.onnx").open("ab") as file:
        file.write(b"!")
    with pytest.raises(ModelError, match=r"model\.onnx is not the file the manifest names"):
        run("models", "show", "mine")


@pytest.mark.parametrize("file", ["README.md", "model.safetensors"])
def test_a_file_that_the_model_does_not_run_on_is_verified_if_it_is_there(run, classifier, working, file):
    model = replace(classifier.model, retraining={"model.safetensors": b"weights"})
    save_model(working / "mine", model, classifier.manifest, card="A card.")
    (working / "mine" / file).write_bytes(b"another")
    with pytest.raises(ModelError, match=f"mine: {file} is not the file the manifest names"):
        run("models", "show", "mine")
    (working / "mine" / file).unlink()
    assert run("models", "show", "mine").exit_code == 0


def test_an_unknown_model_is_an_error(run):
    with pytest.raises(ModelError, match="no model 'nowhere'"):
        run("models", "show", "nowhere")
