import pytest

from hedge.annotations.formats import LeftOut, csv
from hedge.errors import AnnotationError


def table(tmp_path, text):
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_as_a_spreadsheet_saves_it(tmp_path):
    path = table(tmp_path, '\ufefflabel,text\r\nReport,"He said ""no"",\r\nagain."\r\n,Fog.\r\n')
    item, other = csv.read(path)
    assert (item.label, item.text, item.document) == ("report", 'He said "no",\r\nagain.', None)
    assert other == LeftOut(f"{path}, line 4", "without an answer")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("text,class\nFog.,fact\n", "no column label"),
        ("", "no column label and no column text"),
        ("text;label\nFog.;fact\n", "the first row names the columns, separated by commas"),
        ("text,label\nFog.,mist\n", "line 2: the label 'mist'"),
        ("text,label\n,fact\n", "line 2: there is no text"),
        ("text,label,split\nFog.,fact,dev\n", "line 2: the split 'dev' is none of train, validation, test"),
        (
            "text,label,origin\nFog.,fact,documents\n",
            "line 2: the origin 'documents' is none of written, real, founding",
        ),
        ("text,label,origin\nFog.,fact,a/b\n", "line 2: the origin 'a/b' is none of"),
        ("text,label,round\nFog.,fact,last\n", "line 2: 'round' is 'last'; it must be a whole number"),
        ("text,label,document,sentence\nFog.,fact,fog,-1\n", "line 2: 'sentence' is '-1'; it must be a whole number"),
        ("text,label,marks\nFog.,fact,[\n", "line 2: 'marks' is not"),
        ("text,label,marks\nFog.,fact,[1]\n", "line 2: 'marks' is not"),
        ("text,label,readings\nFog.,fact,[1]\n", "line 2: 'readings' is not"),
        ('text,label,readings\nFog.,fact,"[[""a"", ""mist""]]"\n', "line 2: the label 'mist'"),
    ],
)
def test_a_broken_table_is_an_error_with_file_and_line(tmp_path, text, message):
    with pytest.raises(AnnotationError, match=message):
        list(csv.read(table(tmp_path, text)))
