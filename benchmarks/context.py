#!/usr/bin/env python3
"""Whether an encoder that reads a sentence's context does better than one that does not: ``results/context.md``.

    HEDGE_TEXTS=FOLDER python benchmarks/context.py --base ENCODER_FOLDER

Trains the two-headed network in every way and with every seed on the training split, and measures on the validation
split. What a run says is kept under ``--runs``; a benchmark that was interrupted goes on where it stopped.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rich import box
from rich.table import Table

from environment import made_by
from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus, CueSpan
from hedge.evaluation.metrics import all_metrics
from hedge.labels import CLASSES, CueKind, Label
from hedge.output.markdown_table import markdown_table
from hedge.segmentation.quotation import quotation_states
from hedge.training.encoder.fit import EncoderSettings, fit_encoder, in_torch
from kept import kept_arrays
from options import benchmark_parser, whole_corpus

OPENING_MARK = "“"


def as_it_is(corpus: Corpus) -> Corpus:
    """Return the corpus unchanged."""
    return corpus


def with_marks(corpus: Corpus) -> Corpus:
    """Begin every sentence inside a quotation from before with an opening mark, as newspapers do with paragraphs."""
    return Corpus(tuple(_marked(document) for document in corpus.documents))


def _marked(document: AnnotatedDocument) -> AnnotatedDocument:
    pairs = zip(document.sentences, quotation_states(document.segmented), strict=True)
    return replace(
        document, sentences=tuple(_moved(s) if state.opens_inside else s for s, state in pairs), excerpt=None
    )


def _moved(sentence: AnnotatedSentence) -> AnnotatedSentence:
    by = len(OPENING_MARK)
    cues = tuple(CueSpan(cue.kind, cue.start + by, cue.end + by) for cue in sentence.cues)
    source = (sentence.source[0] + by, sentence.source[1] + by) if sentence.source else None
    return replace(sentence, text=OPENING_MARK + sentence.text, cues=cues, source=source)


@dataclass(frozen=True)
class Way:
    """A way to show the network a sentence."""

    name: str
    settings: EncoderSettings
    prepare: Callable[[Corpus], Corpus] = as_it_is


LONG = EncoderSettings(window=256, overlap=2, training_windows=(0, 64, 128, 256))
WAYS = (
    Way("sentence alone", EncoderSettings(sentences=1)),
    Way("previous sentence and sentence", EncoderSettings(sentences=2)),
    Way("windows of 96 tokens, without overlap", EncoderSettings()),
    Way("windows of 128 tokens", EncoderSettings(window=128, overlap=2, training_windows=(0, 64, 128))),
    Way("windows of 256 tokens", LONG),
    Way("windows of 96 tokens, marks where a quotation goes on", EncoderSettings(), with_marks),
)


def main() -> None:
    """Run the benchmark."""
    parser = benchmark_parser(__doc__, "context.md")
    parser.add_argument("--base", type=Path, required=True, help="folder of the encoder, as transformers writes it")
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--runs", type=Path, default=Path("build/context"))
    options = parser.parse_args()
    corpus = whole_corpus(options)
    logits: dict[str, list[npt.NDArray[np.float32]]] = {way.name: [] for way in WAYS}
    for seed in range(options.seeds):
        for way in WAYS:
            make = partial(predict, way, corpus, options.base, seed)
            arrays = kept_arrays(options.runs, corpus, f"{way.name}, {seed}", make, options.base.name, way.settings)
            logits[way.name].append(arrays["logits"])
    validation = corpus.split("validation")
    text = "\n".join(
        [
            "# What context is worth\n",
            made_by("benchmarks/context.py", corpus, "torch", "transformers", "accelerate"),
            f"## Validation split, real text\n\n{markdown_table(table(logits, validation, 'real'))}\n",
            f"## Validation split, written text\n\n{markdown_table(table(logits, validation, 'written'))}\n",
            READING,
        ]
    )
    options.output.write_text(text, encoding="utf-8")
    print(text)


READING = """\
Mean over seeds, ± half of what lies between the lowest and the highest. All ways train the same two-headed network on
MiniLM-L6 (sentence-transformers/all-MiniLM-L6-v2, Apache-2.0) for the same number of epochs and stop at the best
macro-F1 on real validation text, on which the table is made: it is to choose by, not to quote. *Bare reports* are
sentences that are a report only through their context: no attribution and no source is marked in them; the column gives
the part of them that is found.

The shipped model reads windows of 96 tokens without overlap.
"""


def predict(way: Way, corpus: Corpus, base: Path, seed: int) -> dict[str, npt.NDArray[np.float32]]:
    """Train in one way, and return the logits of the validation split."""
    prepared = way.prepare(corpus)
    with tempfile.TemporaryDirectory() as folder:
        model = in_torch(*fit_encoder(prepared, base, way.settings, Path(folder), seed=seed))
    answers = model.answers(document.segmented for document in prepared.split("validation").documents)
    return {"logits": np.concatenate([answer.logits for answer in answers])}


def table(logits: dict[str, list[npt.NDArray[np.float32]]], validation: Corpus, origin: str) -> Table:
    """Lay out a row for each way."""
    of_origin = np.array([d.origin == origin for d in validation.documents for _ in d.sentences])
    truth = np.array([CLASSES.index(sentence.class_name) for sentence in validation.sentences])
    bare = np.array([is_bare_report(sentence) for sentence in validation.sentences]) & of_origin
    columns = ("macro-F1", *(f"F1 {label}" for label in Label), f"bare reports ({bare.sum()})")
    rows = Table("the network reads", *columns, box=box.MARKDOWN)
    for name, runs in logits.items():
        guesses = [run.argmax(axis=1) for run in runs]
        found = [all_metrics(truth[of_origin], np.eye(len(CLASSES))[guess[of_origin]]) for guess in guesses]
        values = [mean_and_range(one[key] for one in found) for key in KEYS]
        recall = mean_and_range((guess[bare] == truth[bare]).mean() for guess in guesses)
        rows.add_row(name, *values, recall)
    return rows


KEYS = ("macro_f1", *(f"f1_{label.value}" for label in Label))


def is_bare_report(sentence: AnnotatedSentence) -> bool:
    """Tell whether nothing in a report says that it is one."""
    attributed = any(cue.kind is CueKind.ATTRIBUTION for cue in sentence.cues)
    return sentence.label is Label.REPORT and not attributed and sentence.source is None


def mean_and_range(values: Iterable[float]) -> str:
    """Write the mean of some runs, and half of their range."""
    found = list(values)
    return f"{np.mean(found):.3f} ± {np.ptp(found) / 2:.3f}"


if __name__ == "__main__":
    main()
