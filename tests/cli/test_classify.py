import json
import re

import pytest

from hedge.cli.classify import FORMATS, INPUT_FORMATS, SHOWN_LABELS
from hedge.labels import CLASSES
from hedge.models import save_model
from hedge.output import OutputFormat
from hedge.reading import InputFormat

TEXT = "The mill closed on Friday. It might open again in May. What a shameful waste!"


def documents(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def labels(record):
    return ["unsure" if s["unsure"] else s["label"] or "skip" for s in record["sentences"]]


@pytest.fixture
def mill(working):
    (working / "mill.txt").write_text(TEXT, encoding="utf-8")
    return "mill.txt"


def test_the_choices_are_those_the_package_knows():
    assert [each.value for each in OutputFormat] == FORMATS
    assert [each.value for each in InputFormat] == INPUT_FORMATS
    assert [*CLASSES, "unsure"] == SHOWN_LABELS


def test_a_file_is_labelled(run, mill):
    result = run("classify", mill, "-f", "jsonl")
    (document,) = documents(result)
    assert result.exit_code == 0
    assert (document["id"], document["model"], document["text"]) == (mill, "default", TEXT)
    assert labels(document) == ["fact", "speculation", "opinion"]
    assert result.stderr == ""


def test_standard_input_is_read_if_no_file_is_named(run):
    for arguments in ([], ["-"]):
        (document,) = documents(run("classify", "-f", "jsonl", *arguments, stdin=TEXT))
        assert (document["id"], document["text"]) == ("<stdin>", TEXT)


@pytest.mark.parametrize("output_format", FORMATS)
def test_every_format_shows_every_sentence(run, mill, output_format):
    shown = run("classify", mill, "-f", output_format).stdout
    if output_format == "html":
        shown = re.sub("<[^>]*>", "", shown)  # cues have elements of their own
    shown = " ".join(shown.split())
    assert all(sentence in shown for sentence in ("closed on Friday.", "open again in May.", "shameful waste!"))


def test_full_is_the_default_format(run, mill):
    assert run("classify", mill).stdout == run("classify", mill, "-f", "full").stdout
    assert "F│The mill closed on Friday. S│It might" in run("classify", mill).stdout


@pytest.mark.parametrize(
    ("minimum", "expected"),
    [("0", ["fact", "speculation", "opinion"]), ("1", ["unsure"] * 3)],
)
def test_sentences_below_the_minimum_are_unsure(run, mill, minimum, expected):
    (document,) = documents(run("classify", mill, "-f", "jsonl", "--min-confidence", minimum))
    assert labels(document) == expected


def test_a_minimum_between_two_probabilities_divides_them(run, mill):
    (plain,) = documents(run("classify", mill, "-f", "jsonl"))
    low, middle, _ = sorted(sentence["probability"] for sentence in plain["sentences"])
    minimum = (low + middle) / 2
    (document,) = documents(run("classify", mill, "-f", "jsonl", "--min-confidence", str(minimum)))
    assert [s["unsure"] for s in document["sentences"]] == [s["probability"] < minimum for s in plain["sentences"]]
    assert labels(document).count("unsure") == 1


@pytest.mark.parametrize("minimum", ["-0.1", "1.01", "high", "nan"])
def test_a_minimum_that_is_no_probability_is_refused(run, mill, minimum):
    assert run("classify", mill, "--min-confidence", minimum).exit_code == 2


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (["fact"], ["fact"]),
        (["speculation", "opinion"], ["speculation", "opinion"]),
        (["skip"], []),
        (["unsure"], []),
        (["report"], []),
    ],
)
def test_only_the_labels_asked_for_are_shown(run, mill, chosen, expected):
    options = [word for label in chosen for word in ("--label", label)]
    (document,) = documents(run("classify", mill, "-f", "jsonl", *options))
    assert labels(document) == expected
    assert document["counts"] == {"fact": 1, "report": 0, "speculation": 1, "opinion": 1}
    lines = run("classify", mill, "-f", "concise", *options).stdout.splitlines()
    assert [line.split(": ")[1].split()[0] for line in lines] == expected


def test_unsure_sentences_can_be_asked_for(run, mill):
    options = ("-f", "jsonl", "--min-confidence", "1", "--label")
    assert labels(documents(run("classify", mill, *options, "unsure"))[0]) == ["unsure"] * 3
    assert labels(documents(run("classify", mill, *options, "fact"))[0]) == []


def test_colours_are_as_asked_for(run, mill, monkeypatch):
    assert "\x1b[" in run("classify", mill, "--color", "always").stdout
    assert "\x1b[" not in run("classify", mill, "--color", "never").stdout
    assert "\x1b[" not in run("classify", mill).stdout  # not a terminal
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" in run("classify", mill, "--color", "always").stdout  # said here, it weighs more


def test_the_words_are_the_same_with_and_without_colour(run, mill):
    coloured, plain = (run("classify", mill, "--color", choice).stdout for choice in ("always", "never"))
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


def test_an_encoding_is_taken_as_given(run, working):
    (working / "old.txt").write_bytes("The café closed.".encode("cp1252"))
    (document,) = documents(run("classify", "old.txt", "-f", "jsonl", "--encoding", "cp1252"))
    assert document["text"] == "The café closed."


def test_a_guessed_encoding_is_said_unless_quiet(run, working):
    (working / "old.txt").write_bytes("“The café’s closed”, she said – again.".encode("cp1252"))
    loud, quiet = run("classify", "old.txt", "-f", "jsonl"), run("classify", "old.txt", "-f", "jsonl", "-q")
    assert loud.stderr.startswith("hedge: warning: old.txt: not UTF-8; read as cp1252")
    assert quiet.stderr == ""
    assert loud.stdout == quiet.stdout
    assert loud.exit_code == quiet.exit_code == 0


def test_an_unknown_encoding_is_an_error_of_the_file(run, mill):
    result = run("classify", mill, "--encoding", "klingon")
    assert result.exit_code == 2
    assert "there is no encoding 'klingon'" in result.stderr


def test_larger_documents_are_refused_and_the_others_done(run, working, mill):
    (working / "large.txt").write_text("Fog. " * 40, encoding="utf-8")
    result = run("classify", "large.txt", mill, "-f", "jsonl", "--max-bytes", "100")
    assert [document["id"] for document in documents(result)] == [mill]
    assert "large.txt: larger than 100 bytes; raise --max-bytes" in result.stderr
    assert result.exit_code == 2


def test_the_input_format_given_weighs_more_than_the_ending(run, working):
    (working / "a.txt").write_text('{"id": "x", "text": "The mill closed."}\n', encoding="utf-8")
    (document,) = documents(run("classify", "a.txt", "-f", "jsonl", "--input-format", "jsonl"))
    assert (document["id"], document["text"]) == ("x", "The mill closed.")


def test_a_pattern_chooses_the_files_of_a_folder(run, working, mill):
    (working / "deep" / "er").mkdir(parents=True)
    for name in ("deep/a.txt", "deep/er/b.story", "deep/.hidden.txt"):
        (working / name).write_text(TEXT, encoding="utf-8")
    assert [d["id"] for d in documents(run("classify", ".", "-f", "jsonl"))] == ["deep/a.txt", mill]
    found = documents(run("classify", ".", "-f", "jsonl", "--pattern", "*.story"))
    assert [d["id"] for d in found] == ["deep/er/b.story"]


def test_a_folder_without_texts_is_an_error(run, working):
    (working / "empty").mkdir()
    result = run("classify", "empty")
    assert result.exit_code == 2
    assert "empty: a folder without texts" in result.stderr


def test_another_language_is_said_unless_quiet(run, working):
    pytest.importorskip("pycld2")
    text = "Das Werk am Fluss wurde am Freitag geschlossen, und niemand weiß, ob es jemals wieder öffnen wird."
    (working / "werk.txt").write_text(text, encoding="utf-8")
    assert "warning: werk.txt: looks like German, not English" in run("classify", "werk.txt").stderr
    assert run("classify", "werk.txt", "--quiet").stderr == ""


def test_errors_are_said_even_if_quiet(run):
    result = run("classify", "nowhere.txt", "--quiet")
    assert "hedge: nowhere.txt: no such file" in result.stderr
    assert result.exit_code == 2


def test_the_model_is_chosen_by_path(run, mill, classifier, working):
    save_model(working / "copy", classifier.model, classifier.manifest)
    (document,) = documents(run("classify", mill, "-f", "jsonl", "--model", "copy"))
    assert document["model"] == "copy"


def test_a_name_that_no_file_can_have_is_an_error_of_the_input(run, mill):
    result = run("classify", "x" * 5000, mill, "-f", "concise")
    assert result.exit_code == 2
    assert "cannot be read (File name too long)" in result.stderr
    assert "closed on Friday" in result.stdout
