from __future__ import annotations

import gzip
import json
from types import SimpleNamespace

import pytest

import hedge
from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus
from hedge.labels import Label
from hedge.reading import Article
from hedge.segmentation.sentences import segment_article

pytest.importorskip("datasketch")

PORTS = ("Dover", "Rosslare", "Bergen", "Gdynia", "Palermo", "Cork", "Vigo", "Ancona", "Turku", "Odense")


def story(number, length=10, also=""):
    """A text of its own for each number."""
    port = PORTS[number]
    lines = [f"Boat {i}{number} left {port} for {PORTS[i % 10]} with {i * 13 + number} crates." for i in range(length)]
    lines[4] += also
    return " ".join(lines)


@pytest.fixture
def collection(tmp_path):
    texts = [
        *(story(n) for n in range(4)),
        story(4, also=" It may sink. It could float. Perhaps it will."),
        "Short. So.",
    ]
    records = [
        {"id": f"d{n}", "source": "Echo" if n else "Wire", "licence": "CC0", "genre": "news", "text": text}
        for n, text in enumerate(texts)
    ]
    with gzip.open(tmp_path / "pool.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(record) + "\n" for record in records)
    own = tuple(AnnotatedSentence(f"{line}.", Label.FACT) for line in story(0)[:-1].split(". "))
    Corpus((AnnotatedDocument("known", "news", "written", "hedge", "ours", "train", own),)).save(tmp_path / "corpus")
    return tmp_path / "pool.jsonl.gz"


@pytest.fixture
def draw(run_script, collection, capsys):
    def run(*arguments):
        run_script("draw_excerpts.py", collection, "--data", collection.parent / "corpus", *arguments)
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


def test_excerpts_are_runs_of_sentences_of_documents_unlike_the_corpus(draw):
    drawn = draw("--sentences", 7)
    assert {record["id"] for record in drawn} == {"d1", "d2", "d3", "d4"}  # d0 is in the corpus, d5 too short
    for record in drawn:
        sentences = [record["text"][span["start"] : span["end"]] for span in record["sentences"]]
        assert (len(sentences), record["drawn"]) == (7, "random")
        assert " ".join(sentences) in record["text"]


def test_the_same_seed_draws_the_same(draw):
    first, again, other = (draw("--sentences", 6, "--seed", seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_enriched_documents_and_runs_come_first_and_are_marked(draw):
    (record,) = draw("--enriched", "hedges", "--count", 1, "--sentences", 6)
    assert (record["id"], record["drawn"]) == ("d4", "enriched: hedges")
    words = record["text"][record["sentences"][0]["start"] : record["sentences"][-1]["end"]]
    assert {"may", "could", "Perhaps"} <= set(words.split())


def test_quotations_that_go_on_are_looked_for(run_script, collection, capsys):
    """A closing mark that is typed as an opening one does not put what follows inside."""
    going_on = [f"Boat {number} left Cork at noon." for number in range(8)]
    going_on[5:5] = ["“The hull is old.", "“It will sink.”"]
    typed_so = [f"Ferry {number} reached Vigo by dawn." for number in range(9)]
    typed_so[2] = "“We counted ninety“, he said."
    pool = collection.with_name("quoted.jsonl")
    texts = {"typed-so": typed_so, "going-on": going_on}
    records = [
        {"id": name, "source": "Echo", "licence": "CC0", "genre": "news", "text": "\n\n".join(paragraphs)}
        for name, paragraphs in texts.items()
    ]
    pool.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    run_script("draw_excerpts.py", pool, "--data", collection.parent / "corpus", "--enriched", "quotations")
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == ["going-on", "typed-so"]


def test_what_was_drawn_before_is_passed_over(draw, tmp_path):
    (tmp_path / "before.jsonl").write_text('{"id": "d1"}\n{"id": "d2"}\n', encoding="utf-8")
    assert {record["id"] for record in draw("--exclude", tmp_path / "before.jsonl")} == {"d3", "d4"}


def texts_of(collection):
    with gzip.open(collection, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def empty(folder):
    for file in folder.iterdir():
        file.unlink()
    return folder


def excerpt_of(text, first, length, split):
    """An annotated run of a text's sentences."""
    spans = segment_article(Article(text)).spans[first : first + length]
    excerpt = segment_article(Article(text, sentences=tuple((span.start, span.end) for span in spans)))
    sentences = tuple(AnnotatedSentence(sentence, Label.FACT) for sentence in excerpt.sentences)
    return AnnotatedDocument(
        f"part-{split}", "news", "real", "Echo", "CC0", split, sentences, stands_off=True, excerpt=excerpt
    )


def test_a_further_excerpt_is_of_a_text_that_trains_and_overlaps_none(draw, collection):
    texts = texts_of(collection)
    known = (excerpt_of(texts[1], 0, 3, "train"), excerpt_of(texts[2], 0, 3, "test"))
    Corpus(known).save(empty(collection.parent / "corpus"))
    (record,) = draw("--again", "--sentences", 7, "--texts", collection)
    assert record["id"] == "d1-excerpt-2"
    first = record["sentences"][0]["start"]
    assert first == segment_article(Article(texts[1])).spans[3].start
    assert draw("--again", "--sentences", 8, "--texts", collection) == []


def test_texts_with_a_sentence_that_is_measured_on_are_passed_over(draw, collection):
    Corpus((excerpt_of(texts_of(collection)[2], 0, 1, "test"),)).save(empty(collection.parent / "corpus"))
    assert {record["id"] for record in draw("--texts", collection)} == {"d0", "d1", "d3", "d4"}


def test_a_further_excerpt_is_not_of_a_text_with_a_sentence_that_is_measured_on(draw, collection):
    text = texts_of(collection)[1]
    measured = AnnotatedSentence(segment_article(Article(text)).sentences[9], Label.FACT)
    elsewhere = AnnotatedDocument("measured", "news", "written", "hedge", "ours", "test", (measured,))
    Corpus((excerpt_of(text, 0, 3, "train"), elsewhere)).save(empty(collection.parent / "corpus"))
    assert draw("--again", "--sentences", 6, "--texts", collection) == []


def test_what_a_model_doubts_comes_first(draw, monkeypatch):
    class Doubtful:
        def classify_sentences(self, sentences):
            sure = [0.3 if "Boat 83" in sentence else 0.9 for sentence in sentences]
            return SimpleNamespace(sentences=[SimpleNamespace(probabilities={"fact": p, "skip": 1 - p}) for p in sure])

    monkeypatch.setattr(hedge, "load", {"mine": Doubtful()}.__getitem__)
    (record,) = draw("--enriched", "doubt", "--model", "mine", "--count", 1, "--sentences", 3)
    assert (record["id"], record["drawn"]) == ("d3", "enriched: doubt")
    assert "Boat 83" in record["text"][record["sentences"][0]["start"] : record["sentences"][-1]["end"]]


def test_only_one_source_is_drawn_from(draw):
    assert draw("--source", "Wire") == []
