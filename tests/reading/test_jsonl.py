import json

import pytest

from hedge.errors import ReadingError
from hedge.reading.jsonl import read_record


def test_a_record_with_text():
    article = read_record('{"id": "a1", "text": "The quay is shut. It was time."}', "in.jsonl", 4)
    assert article.text == "The quay is shut. It was time."
    assert (article.id, article.name, article.line, article.sentences) == ("a1", "in.jsonl", 4, None)


@pytest.mark.parametrize(
    "sentences",
    [
        ["The quay is shut.", "It was time."],
        [{"text": "The quay is shut.", "label": "fact"}, {"text": "It was time."}],
        ["The quay is shut.", {"text": "It was time."}],
    ],
    ids=["strings", "objects", "both"],
)
def test_a_record_with_sentences_keeps_them_as_they_are_split(sentences):
    article = read_record(json.dumps({"sentences": sentences}), "in.jsonl", 1)
    assert article.text == "The quay is shut.\nIt was time."
    assert article.sentences == ((0, 17), (18, 30))


def test_sentences_come_before_text():
    article = read_record('{"text": "Other.", "sentences": ["The quay is shut."]}', "in.jsonl", 1)
    assert article.text == "The quay is shut."


@pytest.mark.parametrize("sentences", ["null", '"a string"'])
def test_text_counts_where_sentences_are_no_list(sentences):
    assert read_record(f'{{"text": "Ships.", "sentences": {sentences}}}', "in.jsonl", 1).text == "Ships."


@pytest.mark.parametrize(("written", "identity"), [('"a"', "a"), ("7", "7"), ("0", "0"), ("null", None)])
def test_an_id_becomes_a_string(written, identity):
    assert read_record(f'{{"id": {written}, "text": "Ships."}}', "in.jsonl", 1).id == identity


def test_an_id_may_be_missing():
    assert read_record('{"text": "Ships."}', "in.jsonl", 1).id is None


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "not valid JSON"),
        ("The quay is shut.", "not valid JSON"),
        ('{"text": "a"} {"text": "b"}', "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ('{"id": ' + "1" * 5_000 + ', "text": "Ships."}', "not valid JSON"),
        ('["The quay is shut."]', "not a JSON object"),
        ("null", "not a JSON object"),
        ("3", "not a JSON object"),
        ("{}", "neither 'text' nor 'sentences'"),
        ('{"text": null}', "neither 'text' nor 'sentences'"),
        ('{"text": ["Ships."]}', "'text' is not a string"),
        ('{"text": 5}', "'text' is not a string"),
        ('{"text": 5, "sentences": null}', "'text' is not a string"),
        ('{"sentences": "Ships."}', "'sentences' is not a list"),
        ('{"sentences": []}', "an empty or wordless sentence"),
        ('{"sentences": ["Ships.", " "]}', "an empty or wordless sentence"),
        ('{"sentences": ["Ships.", {"label": "fact"}]}', "an empty or wordless sentence"),
        ('{"sentences": ["Ships.", null]}', "an empty or wordless sentence"),
    ],
    ids=lambda value: value[:30],
)
def test_a_broken_record_is_refused_with_its_line(line, what):
    with pytest.raises(ReadingError, match=what) as caught:
        read_record(line, "in.jsonl", 12)
    assert caught.value.where == "in.jsonl, line 12"
