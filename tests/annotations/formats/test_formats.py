"""What holds for every format."""

import json
from dataclasses import replace

import pytest

from hedge.annotations import AnnotatedDocument, Corpus
from hedge.annotations.exchange import items_of_articles, items_of_corpus, merged
from hedge.annotations.formats import FORMATS, Item, LeftOut
from hedge.annotations.records import SPLITS
from hedge.cli.corpus_options import SPLIT_NAMES
from hedge.cli.import_export import FORMAT_NAMES
from hedge.errors import AnnotationError
from hedge.reading import Article

TEMPLATE = AnnotatedDocument("", "brief", "written", "nobody", "none", "", ())
ALL = [pytest.param(name, marks=pytest.mark.filterwarnings("ignore::DeprecationWarning")) for name in FORMATS]


def written(form, items, tmp_path):
    path = tmp_path / "written"
    if form == "datasets":
        pytest.importorskip("datasets")
        FORMATS[form].write(items, path)
    else:
        with path.open("w", encoding="utf-8", newline="") as stream:
            FORMATS[form].write(items, stream)
    return path


def through(form, items, tmp_path):
    return list(FORMATS[form].read(written(form, items, tmp_path)))


def without(corpus, lost):
    """The corpus as it is without what a format has no place for, and without the reasons that none carries."""
    emptied = {"cues": {"cues": ()}, "sources": {"source": None}, "readings": {"readings": ()}}
    fields = {"reason": None} | {key: value for part in lost for key, value in emptied[part].items()}
    return tuple(replace(d, sentences=tuple(replace(s, **fields) for s in d.sentences)) for d in corpus.documents)


def test_the_command_offers_every_format_and_split():
    assert (list(FORMATS), list(SPLITS)) == (FORMAT_NAMES, SPLIT_NAMES)


@pytest.mark.parametrize("form", ALL)
def test_a_corpus_comes_back_but_for_what_the_format_has_no_place_for(form, corpus, tmp_path):
    result = merged(Corpus(()), through(form, items_of_corpus(corpus), tmp_path), template=TEMPLATE)
    assert result.corpus.documents == without(corpus, FORMATS[form].lost)
    assert (result.new_documents, result.new_sentences, result.left_out.total()) == (2, 5, 0)


@pytest.mark.parametrize("form", ALL)
def test_answers_to_a_corpus_as_it_is_change_nothing(form, corpus, tmp_path):
    result = merged(corpus, through(form, items_of_corpus(corpus), tmp_path), template=TEMPLATE)
    assert result.corpus == corpus
    assert (result.new_documents, result.changed, result.unmarked) == (0, 0, 0)


@pytest.mark.parametrize("form", [param for param in ALL if param.values[0] != "prodigy-binary"])
def test_what_is_yet_to_be_annotated_has_no_answer(form, tmp_path):
    items = items_of_articles([Article("The quay is shut. It may reopen.", id="quay")])
    records = through(form, items, tmp_path)
    assert [(type(record), record.why) for record in records] == [(LeftOut, "without an answer")] * 2


@pytest.mark.parametrize("form", ALL)
def test_a_sentence_goes_with_its_neighbours(form, corpus, tmp_path):
    path = written(form, items_of_corpus(corpus), tmp_path)
    if form == "datasets":
        row = pytest.importorskip("datasets").load_from_disk(path)["train"][2]
        assert row["before"].startswith("Weir to be rebuilt It may")
        assert row["after"] == "Read more"
        return
    text = path.read_text(encoding="utf-8")
    assert text.count("Weir to be rebuilt") == 3  # itself, and before the next two
    assert text.count("Read more") == 3  # itself, and after the two before it


@pytest.mark.parametrize("form", [param for param in ALL if param.values[0] != "datasets"])
@pytest.mark.parametrize("content", ["{", "[1]", '{"a": 1}', '[{"a": 1}]', "1\n", "\xff"])
def test_another_file_is_an_error_that_names_it(form, content, tmp_path):
    path = tmp_path / "other.file"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(AnnotationError, match=r"other\.file"):
        assert list(FORMATS[form].read(path)) == ["an error"]


@pytest.mark.parametrize("change", [{"text": "It \ud800 may."}, {"document": "\ud800"}, {"licence": "\ud800"}])
def test_half_a_character_is_an_error_with_file_and_line(change, tmp_path):
    path = tmp_path / "a.jsonl"
    record = {"text": "It may.", "document": "weir", "sentence": 0, "label": ["fact"]}
    path.write_text(f"{json.dumps(record)}\n{json.dumps(record | change)}\n", encoding="utf-8")
    with pytest.raises(AnnotationError, match=r"a\.jsonl, line 2: a lone surrogate \(.ud800\), .*; mend the escape"):
        list(FORMATS["doccano"].read(path))


def test_a_folder_that_is_no_dataset_is_an_error_that_names_it(tmp_path):
    pytest.importorskip("datasets")
    with pytest.raises(AnnotationError, match="not a folder that datasets"):
        list(FORMATS["datasets"].read(tmp_path))


def test_a_sentence_without_a_document_is_one_by_itself():
    items = [Item("It may.", label="speculation", where="a, line 1"), Item("It is.", label="fact", where="a, line 2")]
    documents = merged(Corpus(()), items, template=replace(TEMPLATE, split="train")).corpus.documents
    assert [(d.genre, [s.text for s in d.sentences]) for d in documents] == [
        ("brief", ["It may."]),
        ("brief", ["It is."]),
    ]
    assert len({d.id for d in documents}) == 2
