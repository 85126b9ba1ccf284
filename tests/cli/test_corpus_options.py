import json

import pytest

from hedge.annotations import Corpus
from hedge.cli.corpus_options import load_corpus
from hedge.errors import AnnotationError


def test_a_whole_corpus_is_loaded_without_a_word(small, capsys):
    corpus = load_corpus(small, None)
    assert len(corpus.documents) == 5
    assert capsys.readouterr() == ("", "")


def test_documents_without_text_are_said_but_not_all_named(incomplete, capsys):
    corpus = load_corpus(incomplete, None)
    assert len(corpus.documents) == 5
    message = capsys.readouterr().err
    assert message.startswith("hedge: warning: 6 documents are left out, as their text is not here (pass --texts): ")
    assert message.endswith(": real-0, real-1, real-2, real-3, real-4 …\n")


@pytest.mark.parametrize("way", ["--texts", "HEDGE_TEXTS"])
def test_texts_are_given_by_option_or_environment(run, small, standing_off, tmp_path, monkeypatch, way):
    records = [{"sentences": [s.text for s in document.sentences]} for document in Corpus.load(small).documents]
    texts = tmp_path / "texts.jsonl"
    texts.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    options = ["--texts", texts] if way == "--texts" else []
    if way == "HEDGE_TEXTS":
        monkeypatch.setenv("HEDGE_TEXTS", str(texts))
    result = run("evaluate", "--data", standing_off, "--replicates", "0", "-f", "json", *options)
    assert result.stderr == ""
    expected = Corpus.load(small).split("test")
    group = json.loads(result.stdout)["end to end"]["groups"][0]
    assert (group["documents"], group["sentences"]) == (len(expected.documents), sum(1 for _ in expected.sentences))


def test_without_texts_there_is_nothing_to_measure(run, standing_off):
    with pytest.raises(AnnotationError, match="pass --texts"):
        run("evaluate", "--data", standing_off)
