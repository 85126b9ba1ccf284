"""A model's card: what it is for, what it was made of, how well it does, and where it fails.

After Mitchell et al. 2019, "Model Cards for Model Reporting", with the metadata that model hubs read.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from string import Template
from typing import Any

from rich import box
from rich.table import Table

from hedge.annotations import Corpus
from hedge.classifier import Classifier
from hedge.evaluation.behaviour import Outcome, behaviour_table, pass_rates
from hedge.evaluation.predictions import Predictions
from hedge.evaluation.report import Group, Report, evaluate
from hedge.evaluation.spans import span_scores
from hedge.evaluation.tables import tables
from hedge.labels import Label
from hedge.output.markdown_table import markdown_table
from hedge.wording import counted

__all__ = ["model_card"]

WEAK_LABEL = 0.6
"""A label whose F1 on real text is below this is named as a weakness."""
WEAK_FAMILY = 0.9
"""A family of behaviour tests of which fewer pass is named as a weakness."""
WRITTEN_FOR_HEDGE = "the project's own"
"""The licence, in the table of hedge's annotated corpus, of documents that were written for it: a corpus without them
is somebody else's."""
HARD_CASES = {
    "Irony": ("Sure, and next year we will all fly to the moon.", Label.OPINION),
    "Idioms": ("The smart money is on a draw.", Label.SPECULATION),
    "What happens now and then": ("Seals may bite when cornered.", Label.FACT),
    "Forecasts that were issued": ("Heavy rain is forecast for Sunday.", Label.REPORT),
    "Rumours": ("In 2017 they had us moving to Poland.", Label.REPORT),
    "Notices": ("Call 101 if you saw anything.", Label.FACT),
}
"""Sentences that ``docs/annotation.md`` settles; one that a model gets wrong is named as a weakness."""


def model_card(
    classifier: Classifier,
    corpus: Corpus,
    outcomes: Sequence[Outcome] = (),
    replicates: int = 500,
    *,
    licence: str | None = None,
) -> str:
    """Measure a model on the test split and write its card, in Markdown.

    :param corpus: The annotated corpus; without documents in its test split, the card has no measurements.
    :param outcomes: What it made of the behaviour tests.
    :param replicates: Bootstrap samples for the intervals.
    :param licence: What its makers put the weights under, such as Apache-2.0; unless given, the card gives them none.
    :raises MissingExtraError: if scikit-learn is not installed.
    """
    head = files("hedge.evaluation").joinpath("card.md").read_text(encoding="utf-8")
    metadata = f"license: {licence.lower()}\n" if licence else ""
    has_ours = any(document.licence == WRITTEN_FOR_HEDGE for document in corpus.documents)
    sections = [
        Template(head).substitute(name=classifier.name, license=metadata),
        _origin(classifier, has_ours=has_ours),
    ]
    test = corpus.split("test")
    report = None
    if test.documents:
        began = time.perf_counter()
        predictions = Predictions.of(classifier, test)
        rate = len(predictions) / (time.perf_counter() - began)
        report = evaluate(predictions, replicates=replicates)
        sections += [_metrics(report, test), _calibration(report), _marks(classifier, test), _speed(rate)]
    if outcomes:
        rates = markdown_table(behaviour_table(outcomes))
        sections.append(f"## Behaviour tests\n\nCases are given as sentences, not as running text.\n\n{rates}\n")
    sections += [_weaknesses(classifier, report, outcomes, has_ours=has_ours), _licences(classifier, corpus, licence)]
    return "\n".join(section for section in sections if section)


def _origin(classifier: Classifier, *, has_ours: bool) -> str:
    manifest = classifier.manifest
    settings = manifest.settings
    lines = [f"A model of the family `{manifest.kind}`, made with hedge {manifest.hedge} on {manifest.created}."]
    if "base" in settings:
        lines.append(
            f"It was fine-tuned from `{settings['base']}`, with one head for labels and one for cues and sources."
        )
    if settings.get("sentences") == 1:
        lines.append("It reads each sentence for itself.")
    elif "window" in settings:
        lines.append(f"It reads consecutive sentences together, in windows of up to {settings['window']} tokens.")
    if settings.get("reads_quotation_marks"):
        lines.append("A sentence that begins inside a quotation is read after an opening mark.")
    data = manifest.data
    lines.append(
        f"Training data: {counted(data['training_documents'], 'document')} with "
        f"{counted(data['training_sentences'], 'sentence')} of the "
        f"corpus {data['sha256'][:12]}."
    )
    lines.append(
        "`data/annotated/README.md` in the repository of hedge says how hedge's own corpus was collected and annotated."
        if has_ours
        else "The annotations are those of the corpus that was given; how they came about is not known here."
    )
    if "teachers" in data:
        lines.append(
            f"It also learnt what larger models ({_teachers(data)}) say of that text and of "
            f"{data['unlabelled_sentences']:,} sentences of unlabelled text (distillation, Hinton et al. 2015); "
            "to mark cues and sources it learnt from annotated text alone."
        )
    if "narrowed_to" in data:
        lines.append(
            f"Its feed-forward blocks were then narrowed to {data['narrowed_to']} neurons, with ReLU (channel pruning, "
            "He et al. 2017), and it learnt layer by layer to be what it was before (Jiao et al. 2020)."
        )
    if "int8_same_labels" in settings:
        lines.append(f"As int8 it gives {settings['int8_same_labels']:.1%} of the validation sentences the same label.")
    return "## Origin\n\n" + "\n".join(lines) + "\n"


def _teachers(data: Mapping[str, Any]) -> str:
    """Say what the teachers were, and of which corpus, by the hash that ``scripts/make_model.py`` puts behind them."""
    teachers, _, taught_on = str(data["teachers"]).partition(", corpus ")
    if not taught_on:
        return teachers
    same = str(data["sha256"]).startswith(taught_on)
    return f"{teachers}, trained on {'the same corpus' if same else f'an earlier state of the corpus, {taught_on}'}"


def _metrics(report: Report, test: Corpus) -> str:
    overview = next(iter(tables(report).values()))
    return (
        f"## Metrics\n\nOn the test split ({counted(len(test.documents), 'document')} without a part in training or "
        f"any choice), with 95 % bootstrap intervals over documents:\n\n{markdown_table(overview)}\n\n"
        "ECE is the calibration error (15 bins of equal mass), beside its floor: what perfect probabilities would show "
        "by chance with so many sentences. AURC is the area under the risk-coverage curve; the last columns give the "
        "accuracy of the most certain 80 and 90 %.\n"
    )


def _calibration(report: Report) -> str:
    lines = []
    for group in _by_origin(report):
        metrics = group.metrics
        gap = metrics["expected_calibration_error"] - metrics["calibration_noise_floor"]
        side = "above" if gap >= 0 else "below"
        lines.append(
            f"- {group.name} text: the calibration error is {abs(gap):.3f} {side} its floor; of the most certain 80 % "
            f"of the answers, {metrics['accuracy_at_80%_coverage']:.1%} are right."
        )
    return "## Calibration\n\n" + "\n".join(lines) + "\n"


def _marks(classifier: Classifier, test: Corpus) -> str:
    table = Table("", "annotated", "F1, to the character", "F1, overlapping", box=box.MARKDOWN)
    scores = span_scores(classifier, test)
    if not any(score.exact > 0 for score in scores.values()):
        return ""
    for label, score in scores.items():
        table.add_row(label, str(score.annotated), f"{score.exact:.3f}", f"{score.overlapping:.3f}")
    return f"## Cues and sources\n\nOn the test split:\n\n{markdown_table(table)}\n"


def _speed(rate: float) -> str:
    return (
        f"## Speed\n\nIt labelled the test split at about {float(f'{rate:.2g}'):,.0f} sentences a second, on a machine "
        f"({platform.machine()}) with {os.cpu_count()} cores and without a GPU; "
        "the speeds in hedge's `results/speed.md` are of other text, and cannot be compared with it.\n"
    )


def _weaknesses(classifier: Classifier, report: Report | None, outcomes: Sequence[Outcome], *, has_ours: bool) -> str:
    lines = [
        "- All labels of hedge's own corpus, its test split too, were given by language models reading under one guide."
        if has_ours
        else "- Where the annotations that it was given err, so does it, and a test split by the same hands hides it.",
        "- Long sentences that mix a claim with its judgement get one label.",
    ]
    lines += [f"- {weakness}" for weakness in _weak_labels(report)] if report else []
    rates = {family: rate for family, rate in pass_rates(outcomes).items() if rate < WEAK_FAMILY}
    lines += [
        f"- Behaviour tests, {family}: {1 - rate:.0%} fail."
        for family, rate in sorted(rates.items(), key=lambda i: i[1])
    ]
    lines += [f"- {weakness}" for weakness in _wrong_cases(classifier)]
    return "## Limits\n\n" + "\n".join(lines) + "\n"


def _wrong_cases(classifier: Classifier) -> Iterator[str]:
    for kind, (text, label) in HARD_CASES.items():
        found = classifier.classify_sentences([text]).sentences[0].shown_label
        if found != label:
            yield f"{kind}: “{text}” by itself is labelled `{found}`, not `{label}`."


def _weak_labels(report: Report) -> Iterator[str]:
    for group in report.groups:
        for label in Label if group.name == "real" else ():
            score = group.metrics.get(f"f1_{label.value}")
            if score is not None and score < WEAK_LABEL:
                yield f"In real text it is weak at `{label.value}` (F1 {score:.2f})."
    genres = [group for group in report.groups if group.name.startswith("genre: ")]
    if len(genres) > 1:
        worst = min(genres, key=lambda group: group.metrics["accuracy"])
        yield f"It is least accurate in the genre *{worst.name[7:]}* ({worst.metrics['accuracy']:.0%} right)."


def _by_origin(report: Report) -> list[Group]:
    return [group for group in report.groups[1:] if not group.name.startswith("genre: ")]


def _licences(classifier: Classifier, corpus: Corpus, licence: str | None) -> str:
    lines = [
        f"The weights are under {licence}."
        if licence
        else "This card puts the weights under no licence: that is for those who made the model."
    ]
    if "base" in classifier.manifest.settings:
        lines.append(
            f"The base, `{classifier.manifest.settings['base']}`, is under the licence that its own card names "
            "(Apache-2.0 for the encoders of sentence-transformers, MIT for potion)."
        )
    licences = sorted({d.licence for d in corpus.split("train").documents if d.licence})
    if licences:
        lines.append(
            f"Licences of the texts it learnt from, as their corpus has them: {', '.join(licences)}. "
            "Its table of documents has the source of each."
        )
    return "## Licences\n\n" + "\n".join(lines) + "\n"
