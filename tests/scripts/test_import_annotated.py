import importlib.util
import json
import sys
from datetime import date
from pathlib import Path

import pytest

from hedge.annotations import AnnotatedSentence, Corpus
from hedge.labels import CLASSES, CueKind, Label

pytest.importorskip("datasketch")

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "import_annotated.py"
WORDS = ["quay", "mill", "river", "coal", "bell", "tide", "rope", "salt", "hull", "crane"]


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(SCRIPT.parent)
    spec = importlib.util.spec_from_file_location("import_annotated", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def story(number):
    """A text of its own for each number."""
    return " ".join(f"{word}{number}" for word in WORDS) + "."


def record(identity, *, own=True, number=0, **fields):
    licence, source = ("the project's own", "hedge") if own else ("CC BY 4.0", "A canal society")
    sentences = [
        {"text": story(number), "label": CLASSES[number % 5], "cues": []},
        {"text": f"It may close, Bruun{number} said.", "label": "report", "cues": CUES, "source": "It"},
    ]
    values = {"id": identity, "source": source, "licence": licence, "genre": "news", "title": f"On {identity}"}
    return {**values, "sentences": sentences, **fields}


CUES = [{"kind": "attribution", "text": "said"}, {"kind": "hedge", "text": "may"}]


def documents(script, *records):
    return [script.document_from(each) for each in records]


def test_a_sentence_gets_label_spans_and_source(script):
    record = {"text": "It may close, Bruun said.", "label": "report", "cues": CUES, "source": "Bruun"}
    sentence = script.sentence_from(record, {"id": "d"})
    assert sentence.label is Label.REPORT
    assert [(cue.kind, sentence.text[cue.start : cue.end]) for cue in sentence.cues] == [
        (CueKind.HEDGE, "may"),
        (CueKind.ATTRIBUTION, "said"),
    ]
    assert sentence.text[slice(*sentence.source)] == "Bruun"


def test_what_states_nothing_has_no_label(script):
    assert script.sentence_from({"text": "Read more", "label": "skip", "cues": []}, {"id": "d"}) == AnnotatedSentence(
        "Read more", None
    )


def test_a_word_that_is_a_cue_twice_is_found_twice(script):
    cues = [{"kind": "hedge", "text": "may"}] * 2
    sentence = script.sentence_from({"text": "It may or may not.", "label": "speculation", "cues": cues}, {"id": "d"})
    assert [(cue.start, cue.end) for cue in sentence.cues] == [(3, 6), (10, 13)]


@pytest.mark.parametrize(
    ("licence", "source", "origin", "title"),
    [
        ("the project's own", "hedge", "written", "On weir"),
        ("CC BY 4.0", "A canal society", "real", None),
        ("not ours: stand-off only", "founding article", "founding", None),
    ],
)
def test_licence_and_source_tell_the_origin_and_only_our_titles_come_over(script, licence, source, origin, title):
    document = script.document_from(record("weir", licence=licence, source=source, url="https://example.org"))
    assert (document.origin, document.title, document.url) == (origin, title, "https://example.org")
    assert (document.split, document.retells) == ("", None)


def test_documents_that_retell_the_founding_articles_are_marked(script):
    assert script.document_from(record("brennock")).retells == "founding"


def test_an_excerpt_keeps_its_text_and_where_its_sentences_stand(script):
    text = "It rained. The weir may go, Bruun said. Nobody came. A shame!"
    sentences = [
        {"start": 11, "end": 39, "label": "report", "cues": CUES, "source": "Bruun"},
        {"start": 53, "end": 61, "label": "opinion", "cues": []},
    ]
    document = script.document_from(record("weir", own=False, text=text, sentences=sentences))
    assert [s.text for s in document.sentences] == ["The weir may go, Bruun said.", "A shame!"]
    assert document.segmented.text == text
    assert document.segmented.sentences == [s.text for s in document.sentences]
    assert document.sentences[0].text[slice(*document.sentences[0].source)] == "Bruun"


def test_what_else_is_known_comes_over(script):
    sentence = {
        "text": "Fog.",
        "label": "fact",
        "cues": [],
        "readings": {"one": "fact", "two": "skip"},
        "reason": "So.",
    }
    fields = {"topic": "weather", "drawn": "random", "retells": "founding"}
    document = script.document_from(record("fog", sentences=[sentence], **fields))
    assert (document.topic, document.drawn, document.retells) == ("weather", "random", "founding")
    assert document.sentences[0].readings == (("one", "fact"), ("two", "skip"))
    assert document.sentences[0].reason == "So."


# The whole script


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    write(folder / "written.jsonl", *(record(f"own-{i}", number=i) for i in range(12)))
    write(folder / "real.jsonl", *(record(f"real-{i}", own=False, number=20 + i) for i in range(12)))
    return folder


def write(file, *records):
    file.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")


@pytest.fixture
def run(script, monkeypatch, tmp_path):
    def execute(source, *options):
        arguments = [source, "--data", tmp_path / "data", *options]
        monkeypatch.setattr(sys, "argv", ["import_annotated.py", *map(str, arguments)])
        script.main()
        return tmp_path / "data"

    monkeypatch.delenv("HEDGE_TEXTS", raising=False)
    return execute


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_folder_of_documents_becomes_a_corpus(run, source, capsys):
    corpus = Corpus.load(run(source), source)
    assert [d.id for d in corpus.documents] == sorted(d.id for d in corpus.documents if d.origin == "real") + sorted(
        d.id for d in corpus.documents if d.origin == "written"
    )
    assert len(corpus.documents) == 24
    assert corpus.unresolved == ()
    assert {d.split for d in corpus.documents} == {"train", "validation", "test"}
    assert "train written" in capsys.readouterr().out


def test_the_text_of_others_stays_where_it_is(run, source):
    files = contents(run(source))
    assert set(files) == {"documents.jsonl", "written.jsonl", "real.jsonl"}
    written, others = story(1).encode(), story(21).encode()
    assert written in files["written.jsonl"]
    assert not any(others in data or b"On real-" in data for data in files.values())


def test_importing_again_changes_nothing(run, source):
    before = contents(run(source))
    assert contents(run(source)) == before


def test_new_documents_leave_the_splits_of_the_old_ones(run, source):
    before = {d.id: d.split for d in Corpus.load(run(source), source).documents}
    write(source / "later.jsonl", *(record(f"later-{i}", number=40 + i) for i in range(12)))
    after = {d.id: d.split for d in Corpus.load(run(source), source).documents}
    assert {identity: after[identity] for identity in before} == before
    assert set(after) - set(before) == {f"later-{i}" for i in range(12)}


def test_new_documents_come_into_the_split_that_is_asked_for(run, source, tmp_path):
    before = {d.id: d.split for d in Corpus.load(run(source), source).documents}
    new = tmp_path / "new"
    new.mkdir()
    write(new / "later.jsonl", *(record(f"later-{i}", number=40 + i) for i in range(4)))
    corpus = Corpus.load(run(new, "--split", "train", "--texts", source), source)
    after = {d.id: d.split for d in corpus.documents}
    assert after == before | {f"later-{i}": "train" for i in range(4)}
    assert {d.added for d in corpus.documents} == {date.today().isoformat()}


def test_new_documents_carry_the_round_of_additions_that_they_came_with(run, source, tmp_path):
    run(source)
    new = tmp_path / "new"
    new.mkdir()
    write(new / "later.jsonl", record("later", number=40))
    corpus = Corpus.load(run(new, "--round", "2", "--texts", source), source)
    assert {d.id: d.round for d in corpus.documents if d.round} == {"later": 2}


@pytest.mark.parametrize("elsewhere", [True, False], ids=["named", "empty"])
def test_the_texts_of_the_corpus_are_where_the_environment_says(run, source, tmp_path, monkeypatch, elsewhere):
    run(source)
    new = source
    if elsewhere:
        new = tmp_path / "new"
        new.mkdir()
    monkeypatch.setenv("HEDGE_TEXTS", str(source) if elsewhere else "")
    write(new / "later.jsonl", record("later", number=40))
    assert "later" in {document.id for document in Corpus.load(run(new), source).documents}


def test_nothing_is_written_while_texts_are_missing(run, source, tmp_path):
    before = contents(run(source))
    (source / "real.jsonl").unlink()
    with pytest.raises(SystemExit, match="texts of 12 documents are missing"):
        run(source)
    assert contents(tmp_path / "data") == before
