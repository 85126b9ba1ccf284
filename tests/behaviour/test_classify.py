import csv
import json
from io import StringIO

import pytest

TEXT = "The mill closed on Friday. It might open again in May. What a shameful waste!"
LABELS = ["fact", "speculation", "opinion"]

MARKDOWN = f"""---
title: not shown
---
# The mill

{TEXT}

```
not prose
```
"""

HTML = """<!doctype html>
<html><head><title>The mill on the river</title></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>The mill on the river</h1>
<p>The mill closed on Friday, after the owners had looked for a buyer for most of the year and found none.</p>
<p>It might open again in May, if the weir is rebuilt and somebody comes forward with the money for the wheel.</p>
<p>What a shameful waste of a building that has stood at the bend of the river for two hundred years!</p>
</article>
<footer>All rights reserved</footer>
</body></html>
"""


def documents(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def labels(record):
    return [sentence["label"] or "skip" for sentence in record["sentences"]]


@pytest.fixture
def files(place):
    (place / "a.txt").write_text(TEXT, encoding="utf-8")
    (place / "b.md").write_text(MARKDOWN, encoding="utf-8")
    (place / "c.jsonl").write_text(
        json.dumps({"id": "one", "text": TEXT}) + "\n" + json.dumps({"sentences": ["The mill closed.", "Why?"]}) + "\n",
        encoding="utf-8",
    )
    return place


def test_text_markdown_and_json_lines_of_a_folder_are_labelled_in_order(run, files):
    result = run("classify", ".", "-f", "jsonl")
    text, markdown, one, two = documents(result)
    assert [d["id"] for d in (text, markdown, one, two)] == ["a.txt", "b.md", "one", "c.jsonl:2"]
    assert labels(text) == labels(one) == LABELS
    assert markdown["sentences"][0]["text"] == "The mill"
    assert labels(markdown)[1:] == LABELS
    assert "not" not in markdown["text"]
    assert [s["text"] for s in two["sentences"]] == ["The mill closed.", "Why?"]
    assert (result.returncode, result.stderr) == (0, "")


def test_offsets_lead_back_into_the_text(run, files):
    for document in documents(run("classify", "a.txt", "b.md", "-f", "jsonl")):
        for sentence in document["sentences"]:
            assert document["text"][sentence["start"] : sentence["end"]] == sentence["text"]


def test_the_article_of_a_page_is_labelled_without_what_stands_around_it(run, place):
    pytest.importorskip("trafilatura")
    (place / "page.html").write_text(HTML, encoding="utf-8")
    (document,) = documents(run("classify", "page.html", "-f", "jsonl"))
    assert document["sentences"][0]["heading"]
    assert labels(document)[1:] == LABELS
    assert "Sport" not in document["text"]
    assert "rights" not in document["text"]


@pytest.mark.parametrize(
    ("options", "stdin", "text"),
    [
        ([], TEXT, TEXT),
        (["-"], TEXT, TEXT),
        (["--input-format", "jsonl"], json.dumps({"text": TEXT}), TEXT),
        (["--encoding", "cp1252"], "The café closed.".encode("cp1252"), "The café closed."),
    ],
)
def test_standard_input_is_labelled(run, options, stdin, text):
    (document,) = documents(run("classify", "-f", "jsonl", *options, stdin=stdin))
    assert document["text"] == text


@pytest.mark.slow
def test_every_format_comes_out_as_utf_8_whatever_the_locale(run, files):
    (files / "a.txt").write_text("The “café” closed – naïvely.", encoding="utf-8")
    for output_format in ("full", "concise", "jsonl", "csv", "html"):
        result = run("classify", "a.txt", "-f", output_format, env={"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"})
        assert "The “café” closed – naïvely." in result.stdout, output_format
        assert (result.returncode, result.stderr) == (0, "")


def test_concise_gives_a_line_for_each_sentence(run, files):
    result = run("classify", "a.txt", "-f", "concise")
    assert [line.split(" ")[:2] for line in result.stdout.splitlines()] == [
        [f"a.txt:1:{column}:", label] for column, label in zip((1, 28, 56), LABELS, strict=True)
    ]


def test_csv_gives_a_row_for_each_sentence(run, files):
    rows = list(csv.DictReader(StringIO(run("classify", "a.txt", "c.jsonl", "-f", "csv").stdout)))
    assert [row["label"] for row in rows[:6]] == LABELS * 2
    assert [row["document"] for row in rows] == ["a.txt"] * 3 + ["one"] * 3 + ["c.jsonl:2"] * 2


def test_a_file_that_is_missing_does_not_stop_the_others(run, files):
    result = run("classify", "a.txt", "nowhere.txt", "c.jsonl", "-f", "jsonl")
    assert [d["id"] for d in documents(result)] == ["a.txt", "one", "c.jsonl:2"]
    assert result.stderr == "hedge: nowhere.txt: no such file; check the path\n"
    assert result.returncode == 2


def test_a_broken_line_does_not_stop_the_others(run, place):
    (place / "a.jsonl").write_text('{"id": 1, "text": "Fog."}\n{"text\n{"id": 3, "text": "Fog."}\n', encoding="utf-8")
    result = run("classify", "a.jsonl", "-f", "jsonl", "--output", "out.jsonl")
    written = [json.loads(line)["id"] for line in (place / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert written == ["1", "3"]
    assert result.stderr.startswith("hedge: a.jsonl, line 2: not valid JSON")
    assert result.returncode == 2


def test_the_answer_for_a_text_does_not_depend_on_the_others(run, files):
    together, alone = run("classify", ".", "-f", "jsonl"), run("classify", "a.txt", "-f", "jsonl")
    assert together.stdout.startswith(alone.stdout)


def test_a_file_is_written_as_standard_output_would_be(run, files):
    direct = run("classify", ".", "-f", "html")
    to_file = run("classify", ".", "-f", "html", "-o", "page.out")
    assert to_file.stdout == to_file.stderr == ""
    assert (files / "page.out").read_text(encoding="utf-8") == direct.stdout
    assert sorted(file.name for file in files.iterdir()) == ["a.txt", "b.md", "c.jsonl", "page.out"]


def test_a_missing_model_is_one_line_and_no_trace(run, files):
    result = run("classify", "a.txt", "--model", "nowhere")
    assert result.stderr.startswith("hedge: there is no model 'nowhere'")
    assert result.stderr.count("\n") == 1
    assert (result.stdout, result.returncode) == ("", 2)
