"""Models: where they are found, and a new one from training to measuring."""

import json
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
TEXT = "The mill closed on Friday."


def model_of(result):
    return json.loads(result.stdout)["model"]


def test_the_default_model_is_found_outside_the_repository(run, place):
    assert REPOSITORY not in place.parents
    assert model_of(run("classify", "-f", "jsonl", stdin=TEXT)) == "default"
    record = json.loads(run("models", "show").stdout)
    assert (record["kind"], record["format"]) == ("encoder", 1)


def test_models_are_listed_a_line_each(run):
    result = run("models", "list")
    name, about, folder = result.stdout.splitlines()[-1].split("\t")
    assert name == "default"
    assert about.startswith("encoder, ")
    assert (Path(folder) / "manifest.json").is_file()
    assert (result.returncode, result.stderr) == (0, "")


def test_errors_of_other_commands_are_one_line_too(run):
    for command in (["train", "--output", "mine"], ["evaluate"], ["models", "show", "nowhere"]):
        result = run(*command)
        assert result.returncode == 2
        assert result.stderr.startswith("hedge: ")
        assert result.stderr.count("\n") == 1


@pytest.mark.slow
def test_a_new_model_is_trained_used_measured_and_replaced(run, place):
    data = ["--data", REPOSITORY / "data" / "annotated"]
    trained = run("train", *data, "--output", "models/mine")
    assert trained.returncode == 0
    assert "documents are left out, as their text is not here" in trained.stderr
    assert [file.name for file in (place / "models").iterdir()] == ["mine"]

    assert model_of(run("classify", "--model", "mine", "-f", "jsonl", stdin=TEXT)) == "mine"
    assert model_of(run("classify", "--model", "models/mine", "-f", "jsonl", stdin=TEXT)) == "mine"
    assert model_of(run("classify", "-f", "jsonl", stdin=TEXT)) == "default"
    assert run("models", "list").stdout.startswith("mine\tlinear, ")

    options = ["--model", "mine", "--replicates", "5", "-f", "json", "--plots", "plots"]
    measured = run("evaluate", *data, *options)
    record = json.loads(measured.stdout)
    assert record["model"] == "mine"
    assert record["given sentences"]["groups"][0]["metrics"]["accuracy"]["value"] > 0.4
    assert sorted(file.name for file in (place / "plots").iterdir()) == [
        "confusion.png",
        "reliability.png",
        "risk_coverage.png",
    ]

    before = (place / "models" / "mine" / "arrays.npz").read_bytes()
    refused = run("train", *data, "--output", "models/mine")
    assert refused.returncode == 2
    assert "there is a model already" in refused.stderr
    assert run("train", *data, "--output", "models/mine", "--replace").returncode == 0
    assert (place / "models" / "mine" / "arrays.npz").read_bytes() == before
    assert [file.name for file in (place / "models").iterdir()] == ["mine"]
