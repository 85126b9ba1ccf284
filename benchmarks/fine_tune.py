"""The usual way: a transformers encoder fine-tuned on sentences alone, without their article.

What ``results/`` compares against, kept as plain as its users keep it: one sentence, one label, cross-entropy.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from datasets import Dataset
from scipy.special import softmax
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    DataCollatorWithPadding,
    Trainer,
    TrainingArguments,
)

from hedge.annotations import Corpus
from hedge.labels import CLASSES

__all__ = ["FineTuned", "Settings", "fine_tune"]


@dataclass(frozen=True)
class Settings:
    """Settings of a fine-tune, chosen on validation text."""

    learning_rate: float = 5e-5
    batch_size: int = 32
    epochs: int = 3
    least_steps: int = 300
    """A small training set is gone through more often, until there were so many batches."""
    max_tokens: int = 128


@dataclass(frozen=True)
class FineTuned:
    """A fine-tuned model with its tokenizer."""

    trainer: Trainer
    tokenizer: Any
    settings: Settings

    def probabilities(self, corpus: Corpus) -> npt.NDArray[np.float64]:
        """Return the probabilities of each sentence of a corpus, shape (sentences, classes)."""
        examples = _encoded(corpus, self.tokenizer, self.settings)
        logits = np.asarray(self.trainer.predict(examples).predictions)
        return np.asarray(softmax(logits.astype(np.float64), axis=1))


def fine_tune(base: Path, training: Corpus, seed: int, settings: Settings | None = None) -> FineTuned:
    """Fine-tune a base encoder on every sentence of a corpus.

    :param base: The encoder's folder, as transformers writes it.
    """
    settings = settings or Settings()
    torch.manual_seed(seed)
    tokenizer = AutoTokenizer.from_pretrained(base)
    model = AutoModelForSequenceClassification.from_pretrained(
        base, num_labels=len(CLASSES), id2label=dict(enumerate(CLASSES)), dtype=torch.float32
    )
    examples = _encoded(training, tokenizer, settings)
    steps = max(settings.least_steps, settings.epochs * len(examples) // settings.batch_size)
    with tempfile.TemporaryDirectory() as output:  # nothing is saved there, but transformers asks for it
        arguments = TrainingArguments(
            output_dir=output,
            max_steps=steps,
            per_device_train_batch_size=settings.batch_size,
            per_device_eval_batch_size=64,
            learning_rate=settings.learning_rate,
            warmup_steps=steps // 10,
            weight_decay=0.01,
            train_sampling_strategy="group_by_length",
            bf16=True,
            use_cpu=True,
            seed=seed,
            save_strategy="no",
            logging_strategy="no",
            report_to="none",
            disable_tqdm=True,
        )
        trainer = Trainer(
            model=model,
            args=arguments,
            train_dataset=examples,
            data_collator=DataCollatorWithPadding(tokenizer),
        )
        trainer.train()
    trainer.args.train_sampling_strategy = "random"  # grouping by length would shuffle what is predicted, too
    return FineTuned(trainer, tokenizer, settings)


def _encoded(corpus: Corpus, tokenizer: Any, settings: Settings) -> Dataset:  # noqa: ANN401 - untyped upstream
    sentences = list(corpus.sentences)
    tokens = tokenizer([sentence.text for sentence in sentences], truncation=True, max_length=settings.max_tokens)
    labels = [sentence.class_index for sentence in sentences]
    return Dataset.from_dict({**tokens, "labels": labels, "length": [len(ids) for ids in tokens["input_ids"]]})
