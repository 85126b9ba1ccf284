"""Fine-tune the two-headed network with transformers' Trainer; the best on real validation text is kept."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from transformers import AutoTokenizer, EarlyStoppingCallback, Trainer, TrainingArguments
from transformers.trainer_utils import PREFIX_CHECKPOINT_DIR, get_last_checkpoint

from hedge.annotations import Corpus
from hedge.errors import ModelError
from hedge.evaluation.metrics import all_metrics
from hedge.inference.encoder import EncoderModel
from hedge.inference.windows import WindowSettings
from hedge.labels import CLASSES
from hedge.training.encoder.examples import Balance, BatchStream, Lesson, collate, kept_rows, lesson_rows
from hedge.training.encoder.network import TwoHeads
from hedge.whole import written_whole

__all__ = ["EncoderSettings", "fit_encoder", "hash_of_lessons", "in_torch", "tokenizer_and_windows"]

EVALUATED_ORIGIN = "real"
OPENING_MARKS = ("“", '"')
"""What may stand before a sentence that begins inside a quotation: the first of these that the tokenizer knows."""
TRAINING = "training.json"
"""Beside the checkpoints: what they are of."""
FINISHED = "finished.safetensors"
"""Beside the checkpoints: the network that a training ended in."""
EXAMPLES = "examples"
"""The folder beside the checkpoints that holds what is learnt from, as an Arrow table."""


@dataclass(frozen=True)
class EncoderSettings:
    """Settings of a fine-tune, chosen on validation text."""

    window: int = 96
    """Most tokens of a window at run time."""
    overlap: int = 0
    """Sentences that a window shares with the one before, at run time."""
    sentences: int = 0
    """Most sentences of a window, all but one of which are the context of the last: 1 for each sentence alone; 0: as
    many as fit. Unless it is 0, training windows are the same."""
    training_windows: tuple[int, ...] = (0, 48, 96)
    """Sizes that windows are cut to in training, drawn for each document anew; 0 makes each sentence a window."""
    quotation_marks: bool = True
    """Whether a sentence that begins inside a quotation is read after an opening mark, if the tokenizer knows one."""
    learning_rate: float = 5e-5
    batch_tokens: int = 1024
    """Most tokens of a batch, padding included."""
    epochs: float = 3
    warm_up: float = 0.1
    """The part of the steps in which the learning rate rises."""
    evaluations: int = 8
    """How often the validation split is looked at, and a checkpoint written."""
    keep_best: bool = True
    """Whether what was best when it was evaluated is kept; otherwise what comes last is."""
    patience: int = 3
    """After so many evaluations without a better one, training stops, where the best is kept."""
    balance: Balance = field(default_factory=Balance)
    tag_weight: float = 0.3
    """How much the loss of cues and sources counts, beside that of labels."""
    label_smoothing: float = 0.05

    def to_dict(self) -> dict[str, Any]:
        """Return the settings as a dictionary."""
        return asdict(self)


class EncoderTrainer(Trainer):
    """Evaluates as a reader would have it: whole documents, in the windows of run time."""

    def evaluated_on(self, corpus: Corpus, tokenizer: Tokenizer, windows: WindowSettings) -> EncoderTrainer:
        """Say what to evaluate on; the trainer itself is returned."""
        self.evaluated = (corpus, tokenizer, windows)
        return self

    def evaluate(self, *_: Any, **__: Any) -> dict[str, float]:  # noqa: ANN401 - the signature of Trainer
        """Measure macro-F1 and accuracy on the validation split."""
        corpus, tokenizer, windows = self.evaluated
        self.model.eval()
        with torch.autocast("cpu", torch.bfloat16, enabled=self.args.bf16 and self.args.use_cpu):
            answers = list(in_torch(self.model, tokenizer, windows).answers(d.segmented for d in corpus.documents))
        logits = np.concatenate([answer.logits for answer in answers])
        truth = np.array([CLASSES.index(sentence.class_name) for sentence in corpus.sentences])
        found = all_metrics(truth, np.eye(len(CLASSES))[logits.argmax(axis=1)])
        metrics = {f"eval_{name}": found[name] for name in ("macro_f1", "accuracy")}
        self.model.train()
        self.log(metrics)
        self.control: Any = self.callback_handler.on_evaluate(self.args, self.state, self.control, metrics)
        return metrics


def fit_encoder(
    corpus: Corpus,
    base: str | Path,
    settings: EncoderSettings,
    folder: Path,
    *,
    lessons: Sequence[Lesson] | None = None,
    network: TwoHeads | None = None,
    seed: int = 0,
    resume: bool = False,
) -> tuple[TwoHeads, Tokenizer, WindowSettings]:
    """Fine-tune an encoder on the training split; keep what was best on real validation text, or what came last.

    :param base: The encoder's folder as transformers writes it, or its name on the model hub.
    :param folder: Where checkpoints go.
    :param lessons: What to learn from; the training split unless given.
    :param network: What learns, if that is not the base with two heads.
    :param resume: Go on from the last checkpoint there, if there is one, or return what the training ended in; if not,
        what is there gives way.
    :return: The network, its tokenizer, and how its windows are packed.
    :raises ModelError: if the checkpoints to go on from are of another training.
    """
    torch.manual_seed(seed)
    tokenizer, windows = tokenizer_and_windows(base, settings)
    smoothing = settings.label_smoothing
    lessons = lessons or [Lesson.of_labels(document, smoothing) for document in corpus.split("train").documents]
    training = {
        "base": Path(base).name,
        "tokenizer": hashlib.sha256(tokenizer.to_str().encode()).hexdigest(),
        "lessons": hash_of_lessons(lessons),
        "seed": seed,
        **settings.to_dict(),
    }
    if network is not None:
        training["network"] = type(network).__name__
    checkpoint = _checkpoint(folder, training, resume=resume)
    if network is None:
        network = TwoHeads.from_base(base, settings.tag_weight)
    finished = folder / FINISHED
    if finished.exists():
        network.load_state_dict(load_file(finished))
        return network.eval(), tokenizer, windows
    rows = kept_rows(folder / EXAMPLES, lambda: lesson_rows(lessons, tokenizer, windows, settings.balance))
    stream = BatchStream(rows, _training_shapes(windows, settings), settings.batch_tokens, seed)
    per_epoch = sum(len(stream.epoch(number)) for number in range(3)) / 3
    steps = max(1, round(settings.epochs * per_epoch))
    every = max(1, steps // settings.evaluations)
    arguments = TrainingArguments(
        output_dir=str(folder),
        max_steps=steps,
        per_device_train_batch_size=1,  # an item of the stream is a batch already
        learning_rate=settings.learning_rate,
        warmup_steps=round(settings.warm_up * steps),
        weight_decay=0.01,
        bf16=_has_bf16(),
        use_cpu=not torch.cuda.is_available(),
        seed=seed,
        eval_strategy="steps",
        eval_steps=every,
        save_steps=every,
        save_total_limit=2,
        logging_steps=every,
        load_best_model_at_end=settings.keep_best,
        metric_for_best_model="macro_f1",
        greater_is_better=True,
        remove_unused_columns=False,
        label_names=["targets"],
        report_to="none",
        disable_tqdm=not sys.stderr.isatty(),
        accelerator_config={"dispatch_batches": False},  # which would cut all tensors to the number of windows
    )
    validation = corpus.split("validation")
    real = validation.filter(lambda document: document.origin == EVALUATED_ORIGIN)
    trainer = EncoderTrainer(
        model=network,
        args=arguments,
        train_dataset=stream,
        eval_dataset=stream,  # never read: see EncoderTrainer.evaluate
        data_collator=lambda items: collate(items[0]),
        callbacks=[EarlyStoppingCallback(settings.patience)] if settings.keep_best else [],
    ).evaluated_on(real if real.documents else validation, tokenizer, windows)
    trainer.train(resume_from_checkpoint=checkpoint)
    network.cpu().eval()
    with written_whole(finished) as aside:
        save_file(network.state_dict(), aside)
    return network, tokenizer, windows


def in_torch(network: TwoHeads, tokenizer: Tokenizer, windows: WindowSettings) -> EncoderModel:
    """Return the model as it answers before it is exported: the same windows and decoding, run by torch."""

    def run(ids: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        batch = torch.from_numpy(ids)[None, :].to(next(network.parameters()).device)
        with torch.inference_mode():
            outputs = network.outputs(batch)[0].float().cpu().numpy()
        return np.asarray(outputs, np.float32)

    return EncoderModel(tokenizer, run, windows, threads=1)


def tokenizer_and_windows(base: str | Path, settings: EncoderSettings) -> tuple[Tokenizer, WindowSettings]:
    """Return the tokenizer of an encoder, and how windows are packed for it."""
    loaded = AutoTokenizer.from_pretrained(base)
    tokenizer = loaded.backend_tokenizer
    tokenizer.no_truncation()
    tokenizer.no_padding()
    overlap = settings.sentences - 1 if settings.sentences else settings.overlap
    first, end = loaded.cls_token_id, loaded.sep_token_id
    mark = _quotation_mark_id(tokenizer) if settings.quotation_marks else None
    return tokenizer, WindowSettings(settings.window, overlap, first, end, settings.sentences, mark)


def _quotation_mark_id(tokenizer: Tokenizer) -> int | None:
    """Return the token of an opening mark, if there is one."""
    for mark in OPENING_MARKS:
        ids = tokenizer.encode(mark, add_special_tokens=False).ids
        if len(ids) == 1 and tokenizer.decode(ids).strip() == mark:
            return int(ids[0])
    return None


def _checkpoint(folder: Path, training: dict[str, Any], *, resume: bool) -> str | None:
    """Return the last checkpoint to go on from, or make room for new ones.

    :raises ModelError: if those that are there are of another training.
    """
    note = folder / TRAINING
    described = json.dumps(training, indent=2) + "\n"
    if resume and note.exists():
        if note.read_text(encoding="utf-8") != described:
            raise ModelError(
                f"{folder}: its checkpoints are of another training (see {TRAINING}: base, data, settings or seed "
                "differ); name another folder, or leave out --resume, and they give way"
            )
        return get_last_checkpoint(str(folder))
    for checkpoint in folder.glob(f"{PREFIX_CHECKPOINT_DIR}-*"):
        shutil.rmtree(checkpoint)
    (folder / FINISHED).unlink(missing_ok=True)
    if (folder / EXAMPLES).exists():
        shutil.rmtree(folder / EXAMPLES)
    folder.mkdir(parents=True, exist_ok=True)
    note.write_text(described, encoding="utf-8")
    return None


def hash_of_lessons(lessons: Sequence[Lesson]) -> str:
    """Return a hash of their sentences, how they are segmented, their labels, targets, and whether words are marked."""
    digest = hashlib.sha256()
    for lesson in lessons:
        digest.update(repr(lesson.document.segmented).encode(errors="surrogatepass"))
        digest.update(repr(lesson.document.sentences).encode(errors="surrogatepass"))
        digest.update(lesson.targets.tobytes())
        digest.update(bytes([lesson.marked]))
    return digest.hexdigest()


def _training_shapes(windows: WindowSettings, settings: EncoderSettings) -> list[WindowSettings]:
    if settings.sentences:
        return [windows]
    whole = replace(windows, overlap=0)
    return [replace(whole, tokens=size) if size else replace(whole, sentences=1) for size in settings.training_windows]


def _has_bf16() -> bool:
    """Tell whether bf16 arithmetic is there in hardware; emulated, it is slower than fp32."""
    if torch.cuda.is_available():
        return torch.cuda.is_bf16_supported()
    flags = Path("/proc/cpuinfo")
    return os.name == "posix" and flags.exists() and "avx512_bf16" in flags.read_text()
