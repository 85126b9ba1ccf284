import json
import os
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from hedge.annotations import Corpus
from hedge.annotations.corpus import DOCUMENTS_FILE
from hedge.annotations.records import SPLITS, text_hash
from hedge.errors import AnnotationError, ReadingError
from hedge.labels import CLASSES, Label
from hedge.reading import Article
from hedge.segmentation.sentences import segment_article

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = REPOSITORY / "data" / "annotated"
TEXTS = Path(os.environ.get("HEDGE_TEXTS") or REPOSITORY.parent / "shared")
with_texts = pytest.mark.skipif(not TEXTS.is_dir(), reason="the texts of the stand-off documents are not here")


@pytest.fixture(autouse=True)
def no_texts(monkeypatch):
    monkeypatch.delenv("HEDGE_TEXTS", raising=False)


def rows_of(file):
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def files_of(folder):
    return {file.name: file.read_bytes() for file in folder.glob("*.jsonl")}


# The corpus of the repository


def test_the_repository_corpus_loads_without_texts_as_far_as_it_is_ours():
    corpus = Corpus.load(DATA)
    table = rows_of(DATA / DOCUMENTS_FILE)
    assert [d.id for d in corpus.documents] == [row["id"] for row in table if row["origin"] == "written"]
    assert list(corpus.unresolved) == [row["id"] for row in table if row["origin"] != "written"]
    assert corpus.documents
    assert corpus.unresolved


@with_texts
def test_the_repository_corpus_loads_whole_with_its_texts():
    corpus = Corpus.load(DATA, TEXTS)
    assert corpus.unresolved == ()
    assert [d.to_row() for d in corpus.documents] == rows_of(DATA / DOCUMENTS_FILE)


@with_texts
def test_the_repository_corpus_is_written_as_it_was_read(tmp_path):
    Corpus.load(DATA, TEXTS).save(tmp_path)
    assert files_of(tmp_path) == files_of(DATA)


def test_every_split_of_the_repository_corpus_has_every_class():
    rows = [row for file in DATA.glob("*.jsonl") if file.name != DOCUMENTS_FILE for row in rows_of(file)]
    split_of = {row["id"]: row["split"] for row in rows_of(DATA / DOCUMENTS_FILE)}
    assert {(split_of[row["document"]], row["label"]) for row in rows} == {(s, c) for s in SPLITS for c in CLASSES}


def test_no_text_or_title_of_others_is_in_the_repository():
    ours = {row["id"] for row in rows_of(DATA / DOCUMENTS_FILE) if row["origin"] == "written"}
    assert [row["id"] for row in rows_of(DATA / DOCUMENTS_FILE) if "title" in row and row["id"] not in ours] == []
    for file in DATA.glob("*.jsonl"):
        if file.name != DOCUMENTS_FILE:
            assert {row["document"] for row in rows_of(file) if "text" in row} <= ours
    allowed = {"document", "start", "end", "label", "cues", "source", "readings", "reason"}
    for name in ("real.jsonl", "founding.jsonl"):
        assert {key for row in rows_of(DATA / name) for key in row} <= allowed


def test_no_document_of_the_repository_corpus_stands_twice_or_in_two_splits():
    table = rows_of(DATA / DOCUMENTS_FILE)
    assert [name for name, count in Counter(row["id"] for row in table).items() if count > 1] == []
    shared = {text for text, count in Counter(row["sha256"] for row in table).items() if count > 1}
    parts = {row["id"]: row for row in table if row["sha256"] in shared}
    assert {(row.get("excerpt"), row["split"]) for row in parts.values()} == {(True, "train")}
    places = sorted(
        (parts[row["document"]]["sha256"], row["start"], row["end"])
        for row in rows_of(DATA / "real.jsonl")
        if row["document"] in parts
    )
    assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(places))


def test_what_retells_the_founding_articles_is_trained_on_like_them():
    table = rows_of(DATA / DOCUMENTS_FILE)
    assert {row["split"] for row in table if row["origin"] == "founding" or "retells" in row} == {"train"}


# Loading and saving


def test_a_corpus_is_read_as_it_was_written(corpus, folder, texts):
    assert Corpus.load(folder, texts) == corpus


def test_a_corpus_is_written_byte_for_byte_as_it_was_read(folder, texts, tmp_path):
    Corpus.load(folder, texts).save(tmp_path / "again")
    assert files_of(tmp_path / "again") == files_of(folder)
    assert set(files_of(folder)) == {DOCUMENTS_FILE, "written.jsonl", "real.jsonl"}


def test_only_the_projects_own_text_is_written(folder):
    assert all("text" in row for row in rows_of(folder / "written.jsonl"))
    assert not any("text" in row for row in rows_of(folder / "real.jsonl"))
    assert "shameful" not in "".join(file.read_text(encoding="utf-8") for file in folder.iterdir())


def test_without_texts_stand_off_documents_are_unresolved(corpus, folder):
    assert Corpus.load(folder) == Corpus(corpus.documents[1:], unresolved=("locks",))


def test_texts_are_found_through_the_environment(corpus, folder, texts, monkeypatch):
    monkeypatch.setenv("HEDGE_TEXTS", str(texts))
    assert Corpus.load(folder) == corpus


def test_texts_are_known_by_their_hash_whatever_the_file(corpus, folder, tmp_path):
    (tmp_path / "whatever.txt").write_text(corpus.documents[0].segmented.text, encoding="utf-8")
    assert Corpus.load(folder, tmp_path / "whatever.txt") == corpus


def test_another_text_does_not_resolve_a_document(folder, tmp_path):
    (tmp_path / "locks.txt").write_text("The locks were a splendid sight.", encoding="utf-8")
    assert Corpus.load(folder, tmp_path / "locks.txt").unresolved == ("locks",)


@pytest.mark.parametrize("way", ["given", "environment"])
@pytest.mark.parametrize(("name", "what"), [("typo", "no such file"), ("empty", "a folder without texts")])
def test_texts_that_are_nowhere_are_an_error_that_names_the_place(folder, tmp_path, monkeypatch, way, name, what):
    (tmp_path / "empty").mkdir()
    texts = str(tmp_path / name)
    if way == "environment":
        monkeypatch.setenv("HEDGE_TEXTS", texts)
    with pytest.raises(ReadingError, match=rf"{name}: {what}.*; pass the folder of texts as --texts"):
        Corpus.load(folder, texts if way == "given" else None)
    with pytest.raises(ReadingError, match="pass the folder of texts as --texts"):
        Corpus.load(folder, f"{texts}/")


def test_a_text_that_cannot_be_read_is_said_with_what_to_do_about_it(folder, tmp_path):
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "a.jsonl").write_text("{\n", encoding="utf-8")
    with pytest.raises(ReadingError, match=r"a\.jsonl, line 1: not valid JSON .*; put one JSON object on each line"):
        Corpus.load(folder, tmp_path / "broken")


def test_texts_that_are_nowhere_do_not_matter_where_none_is_needed(corpus, tmp_path):
    Corpus(corpus.documents[1:]).save(tmp_path / "ours")
    assert Corpus.load(tmp_path / "ours", tmp_path / "nowhere").documents == corpus.documents[1:]


def test_an_empty_variable_names_no_texts(folder, texts, monkeypatch):
    monkeypatch.chdir(texts)
    monkeypatch.setenv("HEDGE_TEXTS", "")
    assert Corpus.load(folder).unresolved == ("locks",)


def test_offsets_count_characters_not_bytes(folder, texts):
    (document, _) = Corpus.load(folder, texts).documents
    assert document.sentences[1].text == "Perhaps they will be mended – naïvely 𝔭ut."


def test_sentences_may_stand_in_files_of_any_name_and_are_saved_by_origin(corpus, folder, texts):
    (folder / "written.jsonl").rename(folder / "sentences.jsonl")
    Corpus.load(folder, texts).save(folder)
    assert set(files_of(folder)) == {DOCUMENTS_FILE, "written.jsonl", "real.jsonl"}
    assert Corpus.load(folder, texts) == corpus


def test_an_origin_that_is_no_more_leaves_no_file_of_sentences(corpus, folder):
    Corpus(corpus.documents[1:]).save(folder)
    assert set(files_of(folder)) == {DOCUMENTS_FILE, "written.jsonl"}


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX")
def test_a_file_just_written_is_not_removed_under_another_name(corpus, folder):
    (folder / "Written.jsonl").symlink_to("written.jsonl")  # as it looks where names that differ in case are one
    corpus.save(folder)
    assert (folder / "Written.jsonl").samefile(folder / "written.jsonl")


def test_the_folder_of_another_corpus_is_left_as_it_was(corpus, folder):
    before = files_of(folder)
    for other in (Corpus(()), Corpus((replace(corpus.documents[1], id="quay"),))):
        with pytest.raises(AnnotationError, match=r"documents\.jsonl: the table of another corpus; save to another"):
            other.save(folder)
    assert files_of(folder) == before


def test_what_else_is_in_the_folder_stays(corpus, folder):
    for name in ("README.md", "labels.png", "old.jsonl.bak"):
        (folder / name).write_text(name, encoding="utf-8")
    corpus.save(folder)
    assert {file.name for file in folder.iterdir() if file.read_text(encoding="utf-8") == file.name} == {
        *("README.md", "labels.png", "old.jsonl.bak")
    }


@pytest.mark.parametrize("name", ["answers.jsonl", "written.jsonl"])
def test_a_file_of_something_else_is_neither_overwritten_nor_removed(corpus, tmp_path, name):
    (tmp_path / name).write_text('{"document": "mill", "text": "It shut."}\n', encoding="utf-8")
    with pytest.raises(AnnotationError, match=rf"{name}, line 1: not a sentence of this corpus; move the file"):
        corpus.save(tmp_path)
    assert set(files_of(tmp_path)) == {name}


def test_an_error_while_saving_leaves_the_corpus_as_it_was(corpus, folder):
    before = files_of(folder)
    own = corpus.documents[1]
    unwritable = replace(own.sentences[0], reason="\ud800")
    with pytest.raises(UnicodeEncodeError):
        changed(corpus, genre="brief", sentences=(unwritable, *own.sentences[1:])).save(folder)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


@pytest.mark.parametrize("origin", ["documents", "Written", "", "../real"])
def test_an_origin_that_there_is_not_is_an_error(corpus, folder, origin):
    before = files_of(folder)
    with pytest.raises(AnnotationError, match=f"the origin '{origin}' is none of written, real, founding"):
        changed(corpus, origin=origin).save(folder)
    assert files_of(folder) == before


def test_a_folder_that_cannot_be_written_is_named(corpus, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(AnnotationError, match=r"file: the corpus cannot be written \(.*\); check the folder"):
        corpus.save(tmp_path / "file")


def test_what_else_is_known_of_a_document_and_its_sentences_is_kept(corpus, tmp_path):
    own = corpus.documents[1]
    first, *others = own.sentences
    settled = replace(first, readings=(("one", "fact"), ("two", "skip")), reason="A plan that is decided.")
    told = Corpus((replace(own, topic="rivers", drawn="random", sentences=(settled, *others)),))
    told.save(tmp_path / "told")
    assert Corpus.load(tmp_path / "told") == told


def test_sentences_may_be_taken_from_a_longer_text(corpus, tmp_path):
    foreign = corpus.documents[0]
    words = [sentence.text for sentence in foreign.sentences]
    text = f"It rained. {words[0]} Nobody came.\n\n{words[1]} The end."
    places = tuple((text.index(each), text.index(each) + len(each)) for each in words)
    excerpt = Corpus((replace(foreign, excerpt=segment_article(Article(text, sentences=places))),))
    excerpt.save(tmp_path / "excerpt")
    (tmp_path / "whole.txt").write_text(text, encoding="utf-8")
    assert Corpus.load(tmp_path / "excerpt").unresolved == ("locks",)
    loaded = Corpus.load(tmp_path / "excerpt", tmp_path / "whole.txt")
    assert loaded == excerpt
    assert loaded.documents[0].segmented.text == text
    assert loaded.documents[0].segmented.sentences == words
    assert loaded.documents[0].sha256 == text_hash(text)


def test_a_split_and_a_filter_keep_their_documents_in_order(corpus):
    assert [d.id for d in corpus.split("train").documents] == ["weir"]
    assert corpus.split("validation").documents == ()
    assert [d.id for d in corpus.filter(lambda d: len(d.sentences) > 1).documents] == ["locks", "weir"]
    assert [s.class_name for s in corpus.sentences] == ["opinion", "speculation", "fact", "report", "skip"]


@pytest.mark.parametrize(
    ("unresolved", "message"),
    [
        ((), r"'validation' has no documents; import more, .*\(hedge annotations import --split validation\)$"),
        (("away",), "'validation' has no documents with text; pass --texts, or import some"),
    ],
)
def test_a_split_that_must_have_documents_and_has_none_is_an_error_with_its_cure(corpus, unresolved, message):
    corpus = Corpus(corpus.documents, unresolved)
    assert corpus.nonempty_split("train") == corpus.split("train")
    with pytest.raises(AnnotationError, match=message):
        corpus.nonempty_split("validation")


# What is wrong is said, with file and line


def test_a_folder_without_a_corpus_is_named(tmp_path):
    with pytest.raises(AnnotationError, match=r"no annotated corpus here \(no documents\.jsonl\); pass --data"):
        Corpus.load(tmp_path)


@pytest.mark.parametrize(
    ("file", "line", "change", "message"),
    [
        (DOCUMENTS_FILE, 2, {"id": "locks"}, "'locks' stands here a second time"),
        (DOCUMENTS_FILE, 2, {"split": "dev"}, "'split' is 'dev', which is none of train, validation, test"),
        (DOCUMENTS_FILE, 2, {"sha256": "0" * 64}, "the sentences of 'weir' are not those that were hashed"),
        (DOCUMENTS_FILE, 2, {"id": ""}, "'id' is missing"),
        (DOCUMENTS_FILE, 2, {"split": None}, "'split' is missing"),
        (DOCUMENTS_FILE, 2, {"genre": None}, "'genre' is missing"),
        (DOCUMENTS_FILE, 2, {"origin": 1}, "'origin' is missing or not a string"),
        (DOCUMENTS_FILE, 2, {"origin": "Written"}, "'origin' is 'Written', which is none of written, real, founding"),
        (DOCUMENTS_FILE, 2, {"sha256": None}, "'sha256' is missing"),
        (DOCUMENTS_FILE, 2, {"title": 5}, "'title' is not a string"),
        (DOCUMENTS_FILE, 2, {"drawn": ["random"]}, "'drawn' is not a string"),
        (DOCUMENTS_FILE, 2, {"round": "2"}, "'round' is not a whole number"),
        ("written.jsonl", 2, {"document": None}, "'document' is missing"),
        ("written.jsonl", 2, {"label": "truth"}, "'label' is 'truth', which is none of fact, .*, skip; mend it"),
        ("written.jsonl", 2, {"label": None}, "'label' is missing"),
        ("written.jsonl", 2, {"text": 7}, "'text' is missing or not a string"),
        ("written.jsonl", 2, {"text": ["x"]}, "'text' is missing or not a string"),
        ("written.jsonl", 2, {"text": ""}, "'text' is missing or not a string; write one that is not empty"),
        ("written.jsonl", 2, {"text": " \n"}, "the sentence has no words; mend it, or remove the line"),
        ("written.jsonl", 2, {"text": "\ud800"}, r"a lone surrogate \(.ud800\), .*; mend the escape"),
        ("written.jsonl", 2, {"reason": 3}, "'reason' is not a string"),
        ("written.jsonl", 2, {"cues": [{"kind": "smell", "start": 0, "end": 2}]}, "'kind' is 'smell', .* evaluation"),
        ("written.jsonl", 2, {"cues": [{"start": 0, "end": 2}]}, "'kind' is missing"),
        ("written.jsonl", 2, {"cues": [{"kind": "hedge", "start": 0}]}, "'cues' must have 'start' and 'end'"),
        ("written.jsonl", 2, {"cues": [{"kind": "hedge", "start": 9.5, "end": 12}]}, "'end', whole numbers"),
        ("written.jsonl", 2, {"cues": [{"kind": "hedge", "start": False, "end": 1}]}, "'end', whole numbers"),
        ("written.jsonl", 2, {"cues": 4}, "'cues' is not a list of objects"),
        ("written.jsonl", 2, {"cues": ["may"]}, "'cues' is not a list of objects"),
        ("written.jsonl", 2, {"cues": [{"kind": "hedge", "start": 3, "end": 400}]}, "the span 3–400 is not inside"),
        ("written.jsonl", 2, {"cues": [{"kind": "hedge", "start": -3, "end": 2}]}, "span -3–2 is not inside"),
        ("written.jsonl", 2, {"cues": [{"kind": "hedge", "start": 4, "end": 4}]}, "span 4–4 is not inside"),
        ("written.jsonl", 2, {"cues": [{"kind": "hedge", "start": "3", "end": 6}]}, "'end', whole numbers"),
        ("written.jsonl", 2, {"source": {"start": 30, "end": 33}}, "span 30–33 is not inside .* of 32 characters"),
        ("written.jsonl", 2, {"source": None}, "'source' must have 'start' and 'end', whole numbers"),
        ("real.jsonl", 1, {"start": None}, "a sentence without 'text' must have 'start' and 'end', whole numbers"),
        ("real.jsonl", 1, {"start": 1.0}, "a sentence without 'text' must have 'start' and 'end', whole numbers"),
        ("real.jsonl", 1, {"start": 40}, "no sentence stands at 40–32 of its text; mend the offsets"),
        ("real.jsonl", 2, {"start": 9000, "end": 9009}, "the sentence has no words"),
    ],
)
def test_a_broken_record_is_named_by_file_and_line(folder, texts, edit, file, line, change, message):
    edit(file, line, **change)
    with pytest.raises(AnnotationError, match=rf"{file}, line {line}: .*{message}"):
        Corpus.load(folder, texts)


@pytest.mark.parametrize(
    ("file", "line", "change", "message"),
    [
        (DOCUMENTS_FILE, 1, {"genre": None}, "'genre' is missing"),
        ("real.jsonl", 1, {"label": "nonsense"}, "'label' is 'nonsense', which is none of fact"),
        ("real.jsonl", 1, {"readings": {"one": "truth"}}, "'readings': 'one' is 'truth', which is none of fact"),
        ("real.jsonl", 1, {"cues": [{"kind": "hedge", "start": 20, "end": 33}]}, "span 20–33 is not inside"),
        ("real.jsonl", 1, {"start": "0"}, "whole numbers"),
        ("real.jsonl", 1, {"end": 0}, "no sentence stands at 0–0"),
    ],
)
def test_a_broken_record_is_named_also_where_the_text_is_missing(folder, edit, file, line, change, message):
    edit(file, line, **change)
    with pytest.raises(AnnotationError, match=rf"{file}, line {line}.*{message}"):
        Corpus.load(folder)


def test_sentences_of_a_document_that_is_not_in_the_table_are_named_by_file_and_line(folder, texts):
    rows = (folder / DOCUMENTS_FILE).read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / DOCUMENTS_FILE).write_text(rows[1], encoding="utf-8")
    with pytest.raises(AnnotationError, match="locks") as caught:
        Corpus.load(folder, texts)
    assert "real.jsonl, line 1" in str(caught.value)


def test_sentences_of_one_document_in_two_places_are_named_by_file_and_line(folder, edit):
    edit("written.jsonl", 2, document="docks")
    with pytest.raises(AnnotationError, match=r"written\.jsonl, line 3: sentences of 'weir' stand in two places"):
        Corpus.load(folder)


@pytest.mark.parametrize("change", [{"text": "It may cost £3m, Ida Bruun said."}, {"text": "Now  spaced."}])
def test_a_changed_text_is_noticed_and_the_new_hash_given(corpus, folder, edit, change):
    edit("written.jsonl", 2, cues=[], **change, source={"start": 0, "end": 1})
    own = corpus.documents[1]
    changed = replace(own, sentences=(own.sentences[0], replace(own.sentences[1], **change), own.sentences[2]))
    with pytest.raises(AnnotationError, match=r"documents\.jsonl, line 2: .* hashed.*" + changed.sha256):
        Corpus.load(folder)


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        (1, 0, 9000),
        (1, -1, 32),
        (1, 4, 4),
        (1, 9, 4),
        (1, 0, 33),
        (2, 32, 60),
        (2, 10, 60),
        (1, None, 30),
        (1, "0", 30),
    ],
)
def test_offsets_where_no_sentence_of_an_excerpt_stands_are_named(folder, texts, edit, line, start, end):
    edit(DOCUMENTS_FILE, 1, excerpt=True)
    edit("real.jsonl", line, start=start, end=end, cues=[])
    with pytest.raises(AnnotationError, match=rf"real\.jsonl, line {line}: (no sentence stands|.*whole numbers)"):
        Corpus.load(folder, texts)


@pytest.mark.parametrize(("start", "end"), [(0, 31), (1, 32), (0, 9000)])
def test_changed_offsets_of_a_whole_text_are_noticed(folder, texts, edit, start, end):
    edit("real.jsonl", 1, start=start, end=end, cues=[])
    with pytest.raises(AnnotationError, match=r"documents\.jsonl, line 1: .*hashed"):
        Corpus.load(folder, texts)


def test_a_corpus_with_unresolved_documents_is_not_saved_over_itself(folder):
    corpus = Corpus.load(folder)
    before = (folder / DOCUMENTS_FILE).read_bytes()
    with pytest.raises(AnnotationError, match="would be lost; pass --texts"):
        corpus.save(folder)
    assert (folder / DOCUMENTS_FILE).read_bytes() == before


@pytest.mark.parametrize("readings", [{"first": "truth"}, {"first": None}, {"first": ["fact"]}, ["fact"], "fact"])
def test_readings_that_are_no_classes_are_named(folder, edit, readings):
    edit("written.jsonl", 2, readings=readings)
    with pytest.raises(AnnotationError, match=r"written\.jsonl, line 2.*'readings'.*(truth|not an? (string|object))"):
        Corpus.load(folder)


@pytest.mark.parametrize("file", [DOCUMENTS_FILE, "written.jsonl"])
@pytest.mark.parametrize("line", ["{", "", "[1]", '"weir"', "\N{NO-BREAK SPACE}"])
def test_a_line_that_is_no_object_is_named(folder, file, line):
    rows = (folder / file).read_text(encoding="utf-8").splitlines()
    (folder / file).write_text("\n".join([rows[0], line, *rows[1:]]) + "\n", encoding="utf-8")
    with pytest.raises(AnnotationError, match=rf"{file}, line 2: not (valid JSON|a JSON object)"):
        Corpus.load(folder)


@pytest.mark.parametrize("file", [DOCUMENTS_FILE, "written.jsonl"])
def test_a_file_that_is_not_utf_8_is_named(folder, file):
    (folder / file).write_bytes((folder / file).read_text(encoding="utf-8").replace("weir", "wéir").encode("cp1252"))
    with pytest.raises(AnnotationError, match=rf"{file}, line \d: not UTF-8 text .*; save it as UTF-8"):
        Corpus.load(folder)


def test_sentences_of_one_document_in_two_files_are_named(folder):
    (folder / "more.jsonl").write_text('{"document": "weir", "text": "More.", "label": "fact"}\n', encoding="utf-8")
    with pytest.raises(AnnotationError, match=r"written\.jsonl, line 1: sentences of 'weir' stand in two places"):
        Corpus.load(folder)


def test_a_document_without_any_sentence_is_an_error_not_a_missing_text(folder):
    (folder / "written.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(AnnotationError, match=r"documents\.jsonl, line 2"):
        Corpus.load(folder)


# The hash of a corpus


def changed(corpus, **fields):
    return Corpus((corpus.documents[0], replace(corpus.documents[1], **fields)))


def test_the_hash_of_a_corpus_is_that_of_its_copy(corpus, folder, texts):
    assert Corpus.load(folder, texts).sha256 == corpus.sha256


def test_the_hash_of_a_corpus_changes_with_label_text_split_and_documents(corpus):
    first, *others = corpus.documents[1].sentences
    variants = [
        corpus,
        changed(corpus, split="validation"),
        changed(corpus, sentences=(replace(first, label=Label.OPINION), *others)),
        changed(corpus, sentences=(replace(first, label=None), *others)),
        changed(corpus, sentences=(replace(first, text="Weir to be razed"), *others)),
        corpus.split("train"),
    ]
    assert len({variant.sha256 for variant in variants}) == len(variants)
