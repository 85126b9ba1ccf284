import csv
import io
from dataclasses import replace

import pytest

from hedge.document import Document
from hedge.output import OutputOptions, render
from hedge.output.csv import COLUMNS

EXPECTED = """\
hedge,document,sentence,paragraph,start,end,heading,label,unsure,probability,\
p_fact,p_report,p_speculation,p_opinion,p_skip,hedged,evaluative,truncated,source,cues,text
1,quay.txt,0,0,0,12,1,,0,0.6,0.1,0.1,0.1,0.1,0.6,0,0,0,,,Quay & ferry
1,quay.txt,1,1,14,27,0,fact,0,0.8,0.8,0.05,0.05,0.05,0.05,0,0,0,,,It is <shut>.
1,quay.txt,2,1,28,49,0,report,0,0.96,0.01,0.96,0.01,0.01,0.01,0,0,0,,,"""


def parse(pieces):
    return list(csv.DictReader(io.StringIO("".join(pieces), newline=""), strict=True))


def test_a_header_and_a_row_for_each_sentence(document):
    output = "".join(render([document], "csv"))
    assert output.startswith(EXPECTED + '"""So be\nit,"" she\tsaid."\n')
    assert output.count("\r") == 0
    assert len(parse([output])) == 5


def test_rows_read_back_by_csv_are_the_sentences(document, other, empty):
    rows = parse(render([document, empty, other], "csv"))
    sentences = [*document.sentences, *other.sentences]
    assert [row["text"] for row in rows] == [sentence.text for sentence in sentences]
    assert [row["label"] for row in rows] == [str(sentence.label or "") for sentence in sentences]
    assert [float(row["probability"]) for row in rows] == [sentence.probability for sentence in sentences]
    assert [int(row["start"]) for row in rows] == [sentence.start for sentence in sentences]
    assert [row["document"] for row in rows] == ["quay.txt"] * 5 + [""]
    for row, sentence in zip(rows, sentences, strict=True):
        assert {name: float(row[f"p_{name}"]) for name in sentence.probabilities} == sentence.probabilities


def test_without_documents_there_is_the_header():
    assert "".join(render([], "csv")) == ",".join(COLUMNS) + "\n"


def test_chosen_labels_keep_their_numbers(document):
    rows = parse(render([document], "csv", OutputOptions(labels=frozenset({"skip", "opinion"}))))
    assert [(row["sentence"], row["label"]) for row in rows] == [("0", ""), ("4", "opinion")]


def test_cues_and_source_have_columns(marked):
    (row,) = parse(render([marked], "csv"))
    assert (row["hedged"], row["evaluative"], row["source"]) == ("1", "0", "Ida & Bo")
    assert row["cues"] == "hedge: may\nattribution: said"


def test_a_sentence_whose_end_was_not_read_is_known_by_its_column(cut):
    assert [row["truncated"] for row in parse(render([cut], "csv"))] == ["1", "0"]


def test_unsure_sentences_keep_their_label(document):
    rows = parse(render([document.with_min_confidence(0.5)], "csv"))
    assert [(row["label"], row["unsure"]) for row in rows][2:4] == [("report", "0"), ("speculation", "1")]


@pytest.mark.parametrize(
    "text", ["a\rb", "a\r\nb", "a\nb", 'say "a"', '"', "a,b", " a", "=1+1", "a\u2028b", "é🚢", "a;b\tc"]
)
def test_any_text_and_id_come_back_as_they_were(other, text):
    sentence = replace(other.sentences[0], text=text, start=0, end=len(text))
    (row,) = parse(render([Document(text, (sentence,), id=text)], "csv"))
    assert (row["text"], row["document"]) == (text, text)
    assert None not in row
