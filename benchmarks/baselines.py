#!/usr/bin/env python3
"""The linear model beside what is easily had: ``results/baselines.md``.

    HEDGE_TEXTS=FOLDER python benchmarks/baselines.py

Trains on the training split; prints macro-F1 and F1 by label on the test split, real and written text apart, with 95 %
intervals over documents. The founding articles are labelled by a model trained without them and their retellings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt
from rich import box
from rich.table import Table
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from environment import made_by
from hedge.annotations import AnnotatedDocument, Corpus
from hedge.classifier import Classifier
from hedge.evaluation.metrics import one_hot
from hedge.evaluation.predictions import Predictions
from hedge.evaluation.report import Group, evaluate
from hedge.labels import CLASSES, Label
from hedge.output.markdown_table import markdown_table
from hedge.training.run import train_linear
from keyword_rules import label as label_by_rules
from options import benchmark_parser, whole_corpus

FOUNDING = "founding"
GRADED_METRICS = ("expected_calibration_error", "calibration_noise_floor", "accuracy_at_80%_coverage")
System = Callable[[Corpus], npt.NDArray[np.float64]]


def main() -> None:
    """Run the benchmark."""
    parser = benchmark_parser(__doc__, "baselines.md")
    options = parser.parse_args()
    corpus = whole_corpus(options)

    test = corpus.split("test")
    rows = [(name, evaluate(Predictions.from_probabilities(system(test), test))) for name, system in systems(corpus)]
    sections = ["# The linear model and its baselines\n", made_by("benchmarks/baselines.py", corpus, "scikit-learn")]
    for origin in ("real", "written"):
        groups = [(name, group) for name, report in rows for group in report.groups if group.name == origin]
        sections.append(f"## Test split, {origin} text\n\n{markdown_table(table(groups))}\n")
    founding = evaluate(founding_predictions(corpus), replicates=0)
    sections.append(
        "## Founding articles\n\nBy the linear model trained without them and without their retellings (two documents, "
        f"so there is no interval).\n\n{markdown_table(table([('linear (hedge)', founding.groups[0])]))}\n"
    )
    sections.append(READING)
    options.output.write_text("\n".join(sections), encoding="utf-8")
    print("\n".join(sections))


READING = """\
Macro-F1 is the mean over the four labels, on all sentences, those that state nothing included.

- *Majority class* always says the commonest label of the training split.
- *Keyword rules* are `benchmarks/keyword_rules.py`, written on the training split and adjusted on validation figures.
- *Plain TF-IDF* is scikit-learn's on word unigrams and bigrams of the sentence alone, with logistic regression.
- *Linear, sentences alone* is hedge's linear model, trained and tested on sentences without their article.

The calibration error (ECE, 15 bins of equal mass) is to be read beside its noise floor: what perfect probabilities
would show by chance at that sample size. Rules and majority give no probabilities.
"""


def systems(corpus: Corpus) -> Iterable[tuple[str, System]]:
    """Yield the systems, trained on the training split."""
    training = corpus.split("train")
    indices = [sentence.class_index for sentence in training.sentences]
    majority = max(range(len(CLASSES)), key=indices.count)
    yield "majority class", lambda part: one_hot([majority for _ in part.sentences])
    yield (
        "keyword rules",
        lambda part: one_hot(
            [CLASSES.index(name) for d in part.documents for name in label_by_rules(d.segmented.sentences)]
        ),
    )
    plain = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        LogisticRegression(class_weight="balanced", max_iter=3000),
    )
    plain.fit([sentence.text for sentence in training.sentences], [one.class_index for one in training.sentences])
    yield "plain TF-IDF", lambda part: np.array(plain.predict_proba([sentence.text for sentence in part.sentences]))
    alone = train_linear(each_alone(corpus))
    yield "linear, sentences alone", lambda part: Predictions.of(alone, each_alone(part)).probabilities
    linear = train_linear(corpus)
    yield "linear (hedge)", lambda part: Predictions.of(linear, part).probabilities


def each_alone(corpus: Corpus) -> Corpus:
    """Return the corpus with each sentence as a document of its own, so that it has no neighbours."""
    documents = (
        AnnotatedDocument(f"{d.id} {i}", d.genre, d.origin, d.source, d.licence, d.split, (sentence,))
        for d in corpus.documents
        for i, sentence in enumerate(d.sentences)
    )
    return Corpus(tuple(documents))


def founding_predictions(corpus: Corpus) -> Predictions:
    """Label the founding articles with a model that has not seen their story."""

    def is_retold(document: AnnotatedDocument) -> bool:
        return FOUNDING in (document.origin, document.retells)

    classifier: Classifier = train_linear(corpus.filter(lambda document: not is_retold(document)))
    return Predictions.of(classifier, corpus.filter(lambda document: document.origin == FOUNDING))


def table(groups: list[tuple[str, Group]]) -> Table:
    """Lay out one row for each system."""
    labels = [label.value for label in Label]
    columns = ("macro-F1", *(f"F1 {name}" for name in labels), "accuracy", "ECE", "ECE floor", "acc. at 80 %")
    rows = Table("system", *columns, box=box.MARKDOWN)
    for name, group in groups:
        metrics, (low, high) = group.metrics, group.intervals.get("macro_f1", (None, None))
        interval = "" if low is None else f" ({low:.3f}–{high:.3f})"
        graded = metrics["calibration_noise_floor"] > 0  # else every answer claims to be certain
        rows.add_row(
            name,
            f"{metrics['macro_f1']:.3f}{interval}",
            *(f"{metrics.get(f'f1_{label}', 0):.3f}" for label in labels),
            f"{metrics['accuracy']:.3f}",
            *(f"{metrics[metric]:.3f}" if graded else "–" for metric in GRADED_METRICS),
        )
    return rows


if __name__ == "__main__":
    main()
