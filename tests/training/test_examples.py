"""Rows, windows and batches that the encoder learns from."""

from __future__ import annotations

from dataclasses import replace

import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from hedge.inference.windows import WindowSettings  # noqa: E402
from hedge.training.encoder.examples import BatchStream, Lesson, collate, kept_rows, lesson_rows  # noqa: E402
from hedge.training.encoder.network import IGNORED  # noqa: E402
from hedge.training.encoder.settings import Balance  # noqa: E402

SHAPE = WindowSettings(48, 0, 2, 3, quotation_mark_id=4)


def rows_of(corpus, base):
    tokenizer = transformers.AutoTokenizer.from_pretrained(base).backend_tokenizer
    return lesson_rows([Lesson.of_labels(document) for document in corpus.documents], tokenizer, SHAPE, Balance())


def test_a_document_becomes_tokens_tags_and_targets(corpus, base):
    row = rows_of(corpus, base)[0]
    assert [len(ids) for ids in row["ids"]] == [4, 7, 5, 6, 3]
    assert [row["targets"][i].index(1.0) for i in range(5)] == [0, 1, 2, 3, 4]
    assert [sum(tag != 0 for tag in tags) for tags in row["tags"]] == [0, 2, 1, 1, 0]


def test_the_token_head_learns_nothing_of_text_in_which_nobody_marked_a_word(corpus, base):
    tokenizer = transformers.AutoTokenizer.from_pretrained(base).backend_tokenizer
    lesson = replace(Lesson.of_labels(corpus.documents[0]), marked=False)
    row = lesson_rows([lesson], tokenizer, SHAPE, Balance())[0]
    assert [len(tags) for tags in row["tags"]] == [len(ids) for ids in row["ids"]]
    assert {tag for tags in row["tags"] for tag in tags} == {IGNORED}


def test_a_sentence_inside_a_quotation_is_led_by_a_mark_that_is_not_its_own(corpus, base):
    document = corpus.documents[0]
    first, second, *others = document.sentences
    sentences = (replace(first, text=f"“{first.text}", cues=(), source=None), second, *others)
    tokenizer = transformers.AutoTokenizer.from_pretrained(base).backend_tokenizer
    closed = replace(others[0], text=f"{others[0].text}”")
    lessons = [Lesson.of_labels(replace(document, sentences=(*sentences[:2], closed, *others[1:])))]
    rows = lesson_rows(lessons, tokenizer, SHAPE, Balance())
    assert rows[0]["leads"] == [[], [4], [4], [], []]
    (window,) = BatchStream(rows, [SHAPE], tokens=100, seed=1).epoch(0)[0]
    marked = [i for i, token in enumerate(window["ids"]) if token == 4]
    assert [window["owners"][i + 1] for i in marked] == [1, 2]
    assert all((window["owners"][i], window["tags"][i]) == (-1, IGNORED) for i in marked)
    plain = lesson_rows(lessons, tokenizer, replace(SHAPE, quotation_mark_id=None), Balance())
    assert plain[0]["leads"] == [[]] * 5


def test_an_epoch_holds_every_sentence_once_and_the_next_cuts_anew(corpus, base):
    shapes = [WindowSettings(48, 0, 2, 3, sentences=1), WindowSettings(12, 0, 2, 3), WindowSettings(48, 0, 2, 3)]
    stream = BatchStream(rows_of(corpus, base), shapes, tokens=100, seed=1)
    epochs = [stream.epoch(number) for number in (0, 1)]
    for batches in epochs:
        assert all(len(batch) * max(len(window["ids"]) for window in batch) <= 100 for batch in batches)
        windows = [window for batch in batches for window in batch]
        assert sum(len(window["targets"]) for window in windows) == 12 * 5
        assert all(len(window["ids"]) <= 48 for window in windows)
    assert epochs[0] == stream.epoch(0)
    assert epochs[0] != epochs[1]


def test_what_is_only_context_has_no_weight(corpus, base):
    stream = BatchStream(rows_of(corpus, base), [WindowSettings(48, 1, 2, 3, sentences=2)], tokens=100, seed=1)
    windows = [window for batch in stream.epoch(0) for window in batch]
    assert sum(weight > 0 for window in windows for weight in window["weights"]) == 12 * 5
    assert sum(len(window["weights"]) for window in windows) == 12 * (5 + 3)
    for window in windows:
        context = [i for i, owner in enumerate(window["owners"]) if owner >= 0 and window["weights"][owner] == 0]
        assert all(window["tags"][i] == IGNORED for i in context)


def test_a_batch_numbers_its_sentences_through(corpus, base):
    stream = BatchStream(rows_of(corpus, base), [WindowSettings(48, 0, 2, 3)], tokens=100, seed=1)
    batch = collate(stream.epoch(0)[0])
    sentences = batch["sentences"]
    assert set(sentences.flatten().tolist()) == {-1, *range(len(batch["targets"]))}
    assert (batch["tags"][sentences < 0] == IGNORED).all()
    assert (batch["attention_mask"].sum(dim=1) > 0).all()


def test_rows_are_made_once_and_then_mapped_from_their_folder(corpus, base, tmp_path, capfd):
    rows = rows_of(corpus, base)
    (tmp_path / "examples.unfinished").mkdir()  # of a run that was interrupted
    kept = kept_rows(tmp_path / "examples", lambda: rows)
    assert [path.name for path in tmp_path.iterdir()] == ["examples"]
    assert list(kept) == list(rows)
    assert kept.cache_files
    assert list(kept_rows(tmp_path / "examples", lambda: pytest.fail("made again"))) == list(rows)
    assert capfd.readouterr().err == ""
