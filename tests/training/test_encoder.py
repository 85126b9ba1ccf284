"""Training and export of the encoder, on a network of a few numbers."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("accelerate")
onnx = pytest.importorskip("onnx")
load_file = pytest.importorskip("safetensors.torch").load_file

import hedge  # noqa: E402
from hedge.annotations import AnnotatedDocument, Corpus  # noqa: E402
from hedge.errors import MissingExtraError, ModelError  # noqa: E402
from hedge.inference.encoder import EncoderModel  # noqa: E402
from hedge.inference.windows import WindowSettings  # noqa: E402
from hedge.labels import CLASSES, Label  # noqa: E402
from hedge.models import Manifest, save_model  # noqa: E402
from hedge.training.encoder import export as exporting  # noqa: E402
from hedge.training.encoder.examples import Balance, BatchStream, Lesson, collate, kept_rows, lesson_rows  # noqa: E402
from hedge.training.encoder.fit import EncoderSettings, fit_encoder, in_torch, tokenizer_and_windows  # noqa: E402
from hedge.training.encoder.network import IGNORED, TwoHeads  # noqa: E402
from hedge.training.run import train_encoder, train_linear  # noqa: E402

pytestmark = [pytest.mark.filterwarnings("ignore")]

SETTINGS = EncoderSettings(
    window=48, training_windows=(0, 48), learning_rate=5e-3, batch_tokens=100, epochs=30, evaluations=3
)


@pytest.fixture(scope="module")
def corpus(tiny_corpus):
    return tiny_corpus


@pytest.fixture(scope="module")
def base(tiny_base):
    return tiny_base


@pytest.fixture(scope="module")
def trained(corpus, base, tmp_path_factory):
    return fit_encoder(corpus, base, SETTINGS, tmp_path_factory.mktemp("checkpoints"))


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


@pytest.mark.parametrize(("words", "expected"), [((), None), (('"',), 5), (('"', "“"), 6)])
def test_the_mark_is_one_that_the_tokenizer_knows(words, expected, tmp_path):
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]
    (tmp_path / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    transformers.BertTokenizerFast(vocab=str(tmp_path / "vocab.txt")).save_pretrained(tmp_path)
    assert tokenizer_and_windows(tmp_path, SETTINGS)[1].quotation_mark_id == expected
    assert tokenizer_and_windows(tmp_path, replace(SETTINGS, quotation_marks=False))[1].quotation_mark_id is None


def test_labels_weigh_more_where_they_are_rare_and_written_text_less(corpus):
    rare = corpus.documents[0].sentences[0]
    many = Corpus((*corpus.documents, AnnotatedDocument("x", "", "real", "", "", "train", (rare,) * 20)))
    weights = Balance(power=0.5, written=0.5).weights(many.documents)
    assert weights["real", "fact"] < weights["real", "opinion"]
    assert weights["written", "fact"] == pytest.approx(0.5)


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


def test_a_sentences_logits_are_the_mean_of_its_tokens(base):
    network = TwoHeads.from_base(base).eval()
    ids, owners = torch.tensor([[2, 5, 6, 3, 7, 3]]), torch.tensor([[-1, 0, 0, 0, 1, 1]])
    outputs = network.outputs(ids, torch.ones_like(ids))[0, :, : len(CLASSES)]
    result = network(
        *(ids, torch.ones_like(ids), owners, torch.full_like(ids, IGNORED)), torch.eye(len(CLASSES))[:2], torch.ones(2)
    )
    expected = torch.stack([outputs[1:4].mean(dim=0), outputs[4:6].mean(dim=0)])
    torch.testing.assert_close(result["logits"], expected)


@pytest.mark.slow
def test_what_was_trained_labels_and_marks_what_it_has_not_seen(trained, corpus):
    answers = list(in_torch(*trained).answers(d.segmented for d in corpus.split("validation").documents))
    for answer in answers:
        assert answer.logits.argmax(axis=1).tolist() == list(range(5))
        assert [[kind.value for kind, _, _ in marks.cues] for marks in answer.marks][1:4] == [
            ["attribution"],
            ["hedge"],
            ["evaluation"],
        ]
        assert answer.marks[1].source is not None


def test_rows_are_made_once_and_then_mapped_from_their_folder(corpus, base, tmp_path, capfd):
    rows = rows_of(corpus, base)
    (tmp_path / "examples.unfinished").mkdir()  # of a run that was interrupted
    kept = kept_rows(tmp_path / "examples", lambda: rows)
    assert [path.name for path in tmp_path.iterdir()] == ["examples"]
    assert list(kept) == list(rows)
    assert kept.cache_files
    assert list(kept_rows(tmp_path / "examples", lambda: pytest.fail("made again"))) == list(rows)
    assert capfd.readouterr().err == ""


@pytest.mark.slow
def test_training_goes_on_where_it_stopped(corpus, base, tmp_path):
    def checkpoints():
        return sorted(tmp_path.glob("checkpoint-*"), key=lambda folder: int(folder.name.partition("-")[2]))

    settings = replace(SETTINGS, epochs=2)
    fit_encoder(corpus, base, settings, tmp_path)
    *_, older, last = checkpoints()
    state, written = older / "trainer_state.json", (older / "trainer_state.json").stat().st_mtime_ns
    history = json.loads((last / "trainer_state.json").read_text())["log_history"]
    shutil.rmtree(last)
    (tmp_path / "finished.safetensors").unlink()
    fit_encoder(corpus, base, settings, tmp_path, resume=True)
    assert checkpoints() == [older, last]
    assert state.stat().st_mtime_ns == written
    again = json.loads((last / "trainer_state.json").read_text())["log_history"]
    assert [entry["step"] for entry in again] == [entry["step"] for entry in history]


@pytest.mark.slow
@pytest.mark.parametrize("keep_best", [True, False])
def test_a_training_that_is_finished_is_not_gone_on_with(corpus, base, tmp_path, keep_best):
    settings = replace(SETTINGS, epochs=2, keep_best=keep_best)
    network, *_ = fit_encoder(corpus, base, settings, tmp_path)
    written = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")}
    again, *_ = fit_encoder(corpus, base, settings, tmp_path, resume=True)
    assert {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")} == written
    torch.testing.assert_close(again.state_dict(), network.state_dict(), rtol=0, atol=0)
    last = max(tmp_path.glob("checkpoint-*"), key=lambda steps: int(steps.name.partition("-")[2]))
    if not keep_best:
        kept = load_file(last / "model.safetensors")
        torch.testing.assert_close(dict(network.state_dict()), kept, rtol=0, atol=0)


@pytest.mark.slow
def test_training_goes_on_from_its_own_checkpoints_only(corpus, base, tmp_path):
    settings = replace(SETTINGS, epochs=1)
    fit_encoder(corpus, base, settings, tmp_path)
    for other in ({"seed": 1}, {"lessons": [Lesson.of_labels(d) for d in corpus.split("validation").documents]}):
        with pytest.raises(ModelError, match="its checkpoints are of another training"):
            fit_encoder(corpus, base, settings, tmp_path, resume=True, **other)
    (tmp_path / "checkpoint-999").mkdir()
    (tmp_path / "examples" / "stale").touch()
    fit_encoder(corpus, base, settings, tmp_path, seed=1)
    assert not (tmp_path / "checkpoint-999").exists()
    assert not (tmp_path / "examples" / "stale").exists()


def test_what_the_export_needs_is_missed_before_training(corpus, base, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnx", None)
    monkeypatch.delitem(sys.modules, "hedge.training.encoder.export")
    with pytest.raises(MissingExtraError, match=r"pip install -e '\.\[train\]'"):
        train_encoder(corpus, base, tmp_path / "steps", SETTINGS)
    assert not (tmp_path / "steps").exists()


@pytest.mark.parametrize("what", ["a folder without an encoder", "a linear model", "a folder that is not there"])
def test_what_is_no_encoder_cannot_be_trained_on(corpus, tmp_path, monkeypatch, what):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    place = tmp_path / "base"
    if what == "a folder without an encoder":
        place.mkdir()
    elif what == "a linear model":
        linear = train_linear(corpus)
        save_model(place, linear.model, linear.manifest)
    with pytest.raises(ModelError, match=r"base: (no pretrained encoder|a model of the family 'linear')"):
        train_encoder(corpus, place, tmp_path / "steps")
    assert not (tmp_path / "steps").exists()


@pytest.mark.slow
def test_the_int8_model_answers_alike_and_comes_back_from_its_folder(trained, corpus, tmp_path):
    model, loss = exporting.export(*trained, corpus.split("validation"))
    assert loss.same_labels == 1
    model.write(tmp_path)
    assert json.loads((tmp_path / "windows.json").read_text())["tokens"] == 48
    segmented = [d.segmented for d in corpus.documents]
    for before, after in zip(model.answers(segmented), EncoderModel.read(tmp_path).answers(segmented), strict=True):
        np.testing.assert_array_equal(before.logits, after.logits)


@pytest.mark.slow
def test_an_int8_model_that_loses_too_much_is_refused(trained, corpus, monkeypatch):
    monkeypatch.setattr(exporting, "int8_loss", lambda *_: exporting.Loss(0.02, 0.9))
    with pytest.raises(ModelError, match=r"int8 loses too much: 0\.0200 of macro-F1, and only 90\.00%"):
        exporting.export(*trained, corpus.split("validation"))


def test_matrices_that_narrow_stay_as_they_are_where_int8_loses_too_much(trained, corpus, monkeypatch):
    losses = iter([exporting.Loss(0.0, 0.98), exporting.Loss(0.0, 0.99)])
    monkeypatch.setattr(exporting, "int8_loss", lambda *_: next(losses))
    model, loss = exporting.export(*trained, corpus.split("validation"))
    assert loss.same_labels == 0.99
    graphs = [onnx.load_from_string(one.network).graph for one in (exporting.onnx_model(*trained), model)]
    kept = [sum(node.op_type == "MatMul" for node in graph.node) for graph in graphs]
    assert kept[1] == kept[0] + 3  # one in each of two layers, and the heads'
    halves = [sum(array.data_type == onnx.TensorProto.FLOAT16 for array in graph.initializer) for graph in graphs]
    assert halves == [0, 3]


@pytest.mark.slow
def test_a_whole_training_ends_in_a_folder_that_can_be_loaded(corpus, base, tmp_path):
    classifier = train_encoder(corpus, base, tmp_path / "checkpoints", SETTINGS, name="tiny")
    save_model(tmp_path / "tiny", classifier.model, classifier.manifest)
    loaded = hedge.load(tmp_path / "tiny")
    assert loaded.manifest.metrics["validation, real"]["macro_f1"] == 1
    assert (loaded.manifest.settings["base"], loaded.manifest.settings["window"]) == (base.name, 48)
    (sentence,) = loaded.classify("The mast shut, she said.").sentences
    assert (sentence.label, sentence.source.text) == (Label.REPORT, "she")


@pytest.mark.slow
def test_training_goes_on_from_a_model_of_ours(trained, corpus, base, tmp_path):
    network, tokenizer, windows = trained
    model, _ = exporting.export(network, tokenizer, windows, corpus.split("validation"))
    model = replace(model, retraining=exporting.retraining_files(network, base))
    folder = tmp_path / "mine"
    save_model(folder, model, Manifest("encoder", "2026-11-26", 1.0, {}, {}, {}))
    again = TwoHeads.from_base(folder)
    torch.testing.assert_close(again.heads.weight, network.heads.weight, atol=1e-3, rtol=1e-2)
    classifier = train_encoder(corpus, folder, tmp_path / "steps", replace(SETTINGS, epochs=1), name="more")
    assert classifier.manifest.metrics["validation, real"]["macro_f1"] == 1
    (folder / "model.safetensors").write_bytes(b"")
    with pytest.raises(ModelError, match=r"model\.safetensors is not the file"):
        train_encoder(corpus, folder, tmp_path / "steps2", SETTINGS)


@pytest.fixture(scope="module")
def static_base(base, tmp_path_factory):
    """Vectors as model2vec stores them, for the words of the tiny base."""
    from safetensors.torch import save_file

    folder = tmp_path_factory.mktemp("static")
    transformers.AutoTokenizer.from_pretrained(base).save_pretrained(folder)
    torch.manual_seed(0)
    count = json.loads((base / "config.json").read_text())["vocab_size"]
    save_file({"embeddings": torch.randn(count, 32)}, folder / "model.safetensors")
    (folder / "config.json").write_text('{"model_type": "model2vec"}')
    return folder


@pytest.mark.slow
def test_static_embeddings_are_trained_exported_and_trained_on(static_base, corpus, tmp_path):
    network, tokenizer, windows = fit_encoder(corpus, static_base, SETTINGS, tmp_path / "steps")
    model, loss = exporting.export(network, tokenizer, windows, corpus.split("validation"))
    assert loss.same_labels == 1
    for answer in model.answers(d.segmented for d in corpus.split("validation").documents):
        assert answer.logits.argmax(axis=1).tolist() == list(range(5))
    network.save(tmp_path)
    again = TwoHeads.from_base(tmp_path).eval()
    ids = torch.tensor([[2, 5, 6, 3]])
    mask = torch.ones_like(ids)
    torch.testing.assert_close(again.outputs(ids, mask), network.outputs(ids, mask), atol=1e-2, rtol=1e-2)


@pytest.mark.slow
def test_an_int8_models_answers_depend_on_nothing_but_the_document(trained, corpus):
    segmented = [d.segmented for d in corpus.documents]
    alone = exporting.onnx_model(*trained)
    expected = {document: next(iter(alone.answers([document]))) for document in segmented}
    for threads in (1, 2, 5):
        model = exporting.onnx_model(*trained, threads=threads)
        company = segmented[::-1] + segmented
        for document, answer in zip(company, model.answers(company), strict=True):
            np.testing.assert_array_equal(answer.logits, expected[document].logits)
            assert answer.marks == expected[document].marks
