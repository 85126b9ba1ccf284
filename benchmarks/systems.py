#!/usr/bin/env python3
"""The systems that ``peers.py`` compares; as a program, one of them at work in a process of its own.

Each is trained on the training split into a folder, and loaded from there to answer documents given as sentences, in
the way in which its users would run it.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from hedge.annotations import Corpus
from hedge.labels import CLASSES

__all__ = ["SYSTEMS", "System"]

Floats = npt.NDArray[np.float64]
Answer = Callable[[Sequence[Sequence[str]]], Floats]
"""From documents of sentences to the probabilities of all sentences, shape (sentences, classes)."""

ROUNDS = 5
SHIPPED = Path(__file__).resolve().parents[1] / "models" / "default"


class System:
    """One way to label sentences."""

    name: ClassVar[str]
    probabilistic: ClassVar[bool]
    """Whether it gives probabilities, so that their calibration can be measured."""

    @classmethod
    def folder(cls, work: Path) -> Path:
        """Return where what was trained is kept."""
        return work / cls.name.replace(" ", "-").replace(",", "").replace("+", "and")

    @staticmethod
    def train(corpus: Corpus, bases: Path, folder: Path) -> None:
        """Train on the training split and write what is needed to answer; there may be nothing to do."""

    @staticmethod
    def load(folder: Path) -> Answer:
        """Return what answers."""
        raise NotImplementedError

    @classmethod
    def load_for_founding(cls, folder: Path) -> Answer:
        """Return what answers for the founding articles, without having learnt from them or their retellings."""
        return cls.load(folder)


class Majority(System):
    """Always says the commonest label of the training split."""

    name = "majority class"
    probabilistic = False

    @staticmethod
    def train(corpus: Corpus, bases: Path, folder: Path) -> None:
        """Count."""
        names = [sentence.class_name for sentence in corpus.split("train").sentences]
        (folder / "label.txt").write_text(max(CLASSES, key=names.count), encoding="utf-8")

    @staticmethod
    def load(folder: Path) -> Answer:
        """Return what answers."""
        name = (folder / "label.txt").read_text(encoding="utf-8")
        return lambda documents: _certain([name for document in documents for _ in document])


class KeywordRules(System):
    """``keyword_rules.py``."""

    name = "keyword rules"
    probabilistic = False

    @staticmethod
    def load(folder: Path) -> Answer:
        """Return what answers."""
        from keyword_rules import label

        return lambda documents: _certain([name for document in documents for name in label(list(document))])


class Subjectivity(System):
    """TextBlob's subjectivity: opinion above a threshold that is best on validation text, fact below."""

    name = "TextBlob subjectivity"
    probabilistic = False

    @staticmethod
    def train(corpus: Corpus, bases: Path, folder: Path) -> None:
        """Choose the threshold by macro-F1 on the validation split."""
        from hedge.evaluation.metrics import all_metrics

        sentences = list(corpus.split("validation").sentences)
        truth = np.array([sentence.class_index for sentence in sentences])
        values = Subjectivity._values([sentence.text for sentence in sentences])
        scores = {t: all_metrics(truth, Subjectivity._labels(values, t))["macro_f1"] for t in np.arange(0, 1, 0.02)}
        (folder / "threshold.txt").write_text(str(max(scores, key=lambda t: scores[t])), encoding="utf-8")

    @staticmethod
    def load(folder: Path) -> Answer:
        """Return what answers."""
        threshold = float((folder / "threshold.txt").read_text(encoding="utf-8"))
        return lambda documents: Subjectivity._labels(Subjectivity._values(_flat(documents)), threshold)

    @staticmethod
    def _values(sentences: Sequence[str]) -> Floats:
        from textblob import TextBlob

        return np.array([TextBlob(sentence).sentiment.subjectivity for sentence in sentences])

    @staticmethod
    def _labels(values: Floats, threshold: float) -> Floats:
        return _certain(["opinion" if value > threshold else "fact" for value in values])


class Linear(System):
    """Our linear model."""

    name = "hedge, linear"
    probabilistic = True

    @staticmethod
    def train(corpus: Corpus, bases: Path, folder: Path) -> None:
        """Fit and save it."""
        from hedge.models import save_model
        from hedge.training.run import train_linear

        classifier = train_linear(corpus)
        save_model(folder / "model", classifier.model, classifier.manifest)

    @staticmethod
    def load(folder: Path) -> Answer:
        """Return what answers."""
        return _hedge(folder / "model")


class Static(System):
    """Sentence embeddings of model2vec's potion-base-8M, and logistic regression."""

    name = "potion + logistic regression"
    probabilistic = True

    @staticmethod
    def train(corpus: Corpus, bases: Path, folder: Path) -> None:
        """Fit the logistic regression."""
        from model2vec import StaticModel
        from sklearn.linear_model import LogisticRegression

        base = bases / "potion-base-8M"
        vectors = StaticModel.from_pretrained(base).encode([s.text for s in corpus.split("train").sentences])
        head = LogisticRegression(class_weight="balanced", max_iter=3000)
        head.fit(vectors, [s.class_index for s in corpus.split("train").sentences])
        (folder / "head.pickle").write_bytes(pickle.dumps((str(base), head)))

    @staticmethod
    def load(folder: Path) -> Answer:
        """Return what answers."""
        from model2vec import StaticModel

        base, head = pickle.loads((folder / "head.pickle").read_bytes())  # noqa: S301 - written by train()
        model = StaticModel.from_pretrained(base)
        return lambda documents: np.asarray(head.predict_proba(model.encode(_flat(documents))))


class SetFit(System):
    """SetFit on MiniLM-L6, with as many pairs as it can learn from in well under an hour."""

    name = "SetFit, MiniLM-L6"
    probabilistic = True
    steps = 1000
    batch = 16

    @staticmethod
    def train(corpus: Corpus, bases: Path, folder: Path) -> None:
        """Train on pairs, then fit the head on all sentences."""
        from datasets import Dataset
        from setfit import SetFitModel, Trainer, TrainingArguments

        sentences = list(corpus.split("train").sentences)
        examples = Dataset.from_dict({"text": [s.text for s in sentences], "label": [s.class_index for s in sentences]})
        model = SetFitModel.from_pretrained(str(bases / "all-MiniLM-L6-v2"))
        arguments = TrainingArguments(
            output_dir=str(folder / "steps"),
            batch_size=SetFit.batch,
            max_steps=SetFit.steps,
            num_epochs=1,
            save_strategy="no",
            report_to="none",
        )
        Trainer(model=model, args=arguments, train_dataset=examples).train()
        model.save_pretrained(str(folder / "model"))

    @staticmethod
    def load(folder: Path) -> Answer:
        """Return what answers."""
        from setfit import SetFitModel

        model = SetFitModel.from_pretrained(str(folder / "model"))
        return lambda documents: np.asarray(model.predict_proba(_flat(documents), as_numpy=True), np.float64)


class Pipeline(System):
    """A plain fine-tune of MiniLM-L6, run as transformers' users run it."""

    name = "transformers pipeline, MiniLM-L6"
    probabilistic = True

    @staticmethod
    def train(corpus: Corpus, bases: Path, folder: Path) -> None:
        """Fine-tune on sentences alone."""
        from fine_tune import fine_tune

        tuned = fine_tune(bases / "all-MiniLM-L6-v2", corpus.split("train"), seed=0)
        tuned.trainer.model.save_pretrained(folder / "model")
        tuned.tokenizer.save_pretrained(folder / "model")

    @staticmethod
    def load(folder: Path) -> Answer:
        """Return what answers."""
        from transformers import pipeline

        classify: Any = pipeline("text-classification", model=str(folder / "model"), top_k=None, batch_size=32)

        def answer(documents: Sequence[Sequence[str]]) -> Floats:
            rows = classify(_flat(documents), truncation=True)
            scores = ({one["label"]: one["score"] for one in row} for row in rows)
            return np.array([[score[name] for name in CLASSES] for score in scores])

        return answer


class Untaught(System):
    """Our network on the same base, fine-tuned on the same sentences as the peers: no teachers, no unlabelled text."""

    name = "hedge, encoder without teachers"
    probabilistic = True

    @staticmethod
    def train(corpus: Corpus, bases: Path, folder: Path) -> None:
        """Fine-tune it."""
        from hedge.models import save_model
        from hedge.training.encoder.settings import EncoderSettings
        from hedge.training.run import train_encoder

        settings = EncoderSettings()
        classifier = train_encoder(corpus, bases / "all-MiniLM-L6-v2", folder / "steps", settings)
        save_model(folder / "model", classifier.model, classifier.manifest)

    @staticmethod
    def load(folder: Path) -> Answer:
        """Return what answers."""
        return _hedge(folder / "model")


class Default(System):
    """The shipped model; for the founding articles, from which it has learnt, the one without teachers answers."""

    name = "hedge, default"
    probabilistic = True

    @staticmethod
    def load(folder: Path) -> Answer:
        """Return what answers."""
        return _hedge(SHIPPED)

    @classmethod
    def load_for_founding(cls, folder: Path) -> Answer:
        """Return what answers for the founding articles."""
        return Untaught.load(Untaught.folder(folder.parent))


SYSTEMS: dict[str, type[System]] = {
    system.name: system
    for system in (Majority, KeywordRules, Subjectivity, Linear, Static, SetFit, Pipeline, Untaught, Default)
}


def main() -> None:
    """Answer documents, and print how long it took as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("system", choices=SYSTEMS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("documents", type=Path, help="JSON: a list of lists of sentences")
    parser.add_argument("--began", type=float, required=True, help="when the process was started (time.time())")
    parser.add_argument("--output", type=Path, help="write probabilities there instead of measuring")
    parser.add_argument("--founding", action="store_true", help="the documents are the founding articles")
    options = parser.parse_args()
    system = SYSTEMS[options.system]
    answer = (system.load_for_founding if options.founding else system.load)(options.folder)
    answer([["The ferry sailed at noon."]])
    started = time.time() - options.began
    documents = json.loads(options.documents.read_text(encoding="utf-8"))
    if options.output:
        np.savez(options.output, allow_pickle=False, probabilities=answer(documents))
        return
    began = time.perf_counter()
    count = len(answer(documents))
    rate = count / (time.perf_counter() - began)
    peak = _peak_megabytes()
    json.dump({"start": started, "rate": rate, "peak": peak}, sys.stdout)


def _peak_megabytes() -> float:
    # Not ru_maxrss, which begins with what the process had that started this one.
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.findall(r"^VmHWM:\s*(\d+) kB", status, re.MULTILINE)[0]) / 1024


def _flat(documents: Sequence[Sequence[str]]) -> list[str]:
    return [sentence for document in documents for sentence in document]


def _certain(names: Sequence[str]) -> Floats:
    from hedge.evaluation.metrics import one_hot

    return one_hot([CLASSES.index(name) for name in names])


def _hedge(folder: Path) -> Answer:
    import hedge
    from hedge.reading import Article

    classifier = hedge.load(folder)

    def answer(documents: Sequence[Sequence[str]]) -> Floats:
        labelled = classifier.classify_many([Article.from_sentences(document) for document in documents])
        rows = [sentence.probabilities for document in labelled for sentence in document.sentences]
        return np.array([[row[name] for name in CLASSES] for row in rows])

    return answer


if __name__ == "__main__":
    main()
