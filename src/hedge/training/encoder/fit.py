"""Fine-tune the two-headed network with transformers' Trainer; the best on real validation text is kept."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from transformers import EarlyStoppingCallback, Trainer, TrainingArguments

from hedge.annotations import Corpus
from hedge.errors import ModelError
from hedge.evaluation.metrics import all_metrics, one_hot
from hedge.evaluation.predictions import logits_of
from hedge.inference.windows import WindowSettings
from hedge.training.encoder.checkpoints import (
    EXAMPLES,
    FINISHED,
    hash_of_documents,
    hash_of_lessons,
    hash_of_network,
    last_checkpoint,
)
from hedge.training.encoder.examples import BatchStream, Lesson, collate, kept_rows, lesson_rows
from hedge.training.encoder.network import TwoHeads
from hedge.training.encoder.settings import EncoderSettings
from hedge.training.encoder.torch_model import in_torch, tokenizer_and_windows
from hedge.whole import written_whole

__all__ = ["fit_encoder"]


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
            guesses = logits_of(in_torch(self.model, tokenizer, windows), corpus).argmax(axis=1)
        found = all_metrics(np.array([sentence.class_index for sentence in corpus.sentences]), one_hot(guesses))
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
    :raises ModelError: if the checkpoints to go on from are of another training, the base's tokenizer has no tokens
        that begin and end a window, or there are several GPUs to choose from.
    """
    if torch.cuda.device_count() > 1:
        raise ModelError("training uses one GPU; choose it with CUDA_VISIBLE_DEVICES=0")
    torch.manual_seed(seed)
    tokenizer, windows = tokenizer_and_windows(base, settings)
    if lessons is None:
        smoothing = settings.label_smoothing
        lessons = [Lesson.of_labels(document, smoothing) for document in corpus.split("train").documents]
    if network is None:
        network = TwoHeads.from_base(base, settings.tag_weight)
    evaluated = _evaluated(corpus)
    training = {
        "base": Path(base).name,
        "network": f"{type(network).__name__} {hash_of_network(network)}",
        "tokenizer": hashlib.sha256(tokenizer.to_str().encode()).hexdigest(),
        "lessons": hash_of_lessons(lessons),
        "evaluated_on": hash_of_documents(evaluated.documents),
        "seed": seed,
        **settings.to_dict(),
    }
    checkpoint = last_checkpoint(folder, training, resume=resume)
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
        restore_callback_states_from_checkpoint=True,  # early stopping's patience
        metric_for_best_model="macro_f1",
        greater_is_better=True,
        remove_unused_columns=False,
        label_names=["targets"],
        report_to="none",
        disable_tqdm=not sys.stderr.isatty(),
        accelerator_config={"dispatch_batches": False},  # which would cut all tensors to the number of windows
    )
    trainer = EncoderTrainer(
        model=network,
        args=arguments,
        train_dataset=stream,
        eval_dataset=stream,  # never read: see EncoderTrainer.evaluate
        data_collator=lambda items: collate(*items),
        callbacks=[EarlyStoppingCallback(settings.patience)] if settings.keep_best else [],
    ).evaluated_on(evaluated, tokenizer, windows)
    trainer.train(resume_from_checkpoint=checkpoint)
    network.cpu().eval()
    with written_whole(finished) as aside:
        save_file(network.state_dict(), aside)
    return network, tokenizer, windows


def _evaluated(corpus: Corpus) -> Corpus:
    """Return the real text of the validation split, or all of it if there is none."""
    validation = corpus.split("validation")
    real = validation.filter(lambda document: document.origin == "real")
    return real if real.documents else validation


def _training_shapes(windows: WindowSettings, settings: EncoderSettings) -> list[WindowSettings]:
    if settings.sentences:
        return [windows]
    whole = replace(windows, overlap=0)
    return [replace(whole, tokens=size) if size else replace(whole, sentences=1) for size in settings.training_windows]


def _has_bf16() -> bool:
    """Tell whether bf16 arithmetic is there in hardware; emulated, it is slower than fp32."""
    if torch.cuda.is_available():
        return torch.cuda.is_bf16_supported(including_emulation=False)
    flags = Path("/proc/cpuinfo")
    return os.name == "posix" and flags.exists() and "avx512_bf16" in flags.read_text()
