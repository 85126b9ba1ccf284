#!/usr/bin/env python3
"""Add a further annotator's reading of the corpus, or the settlement of readings that differ.

    python scripts/add_readings.py second READINGS.tsv … --texts FOLDER
    python scripts/add_readings.py --settled SETTLED.tsv … --texts FOLDER

READINGS has lines of document id, number of the sentence from 0, and label (or ``skip``), apart by tabs. The label that
stands in the corpus then is the reading of ``first``, and stays until the difference is settled. SETTLED has a fourth
field, the reason. Where a settled label allows no cues or no source, these are taken away.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from hedge.annotations import AnnotatedSentence, Corpus
from hedge.labels import CLASSES, SKIP, Label
from whole_corpus import corpus_parser, load_whole

FIRST = "first"
Readings = dict[tuple[str, int], list[str]]


def main() -> None:
    """Run the script."""
    parser = corpus_parser(__doc__)
    parser.add_argument("annotator", nargs="?", help="name of the annotator, unless the readings are --settled")
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--settled", action="store_true")
    options = parser.parse_args()
    if options.settled and options.annotator:
        options.files.insert(0, Path(options.annotator))
    corpus = load_whole(options.data, options.texts)
    readings: Readings = {key: values for file in options.files for key, values in read(file)}
    documents = []
    for document in corpus.documents:
        sentences = []
        for number, sentence in enumerate(document.sentences):
            values = readings.pop((document.id, number), None)
            if values:
                sentence = (
                    settled(sentence, *values) if options.settled else read_by(sentence, options.annotator, *values)
                )
            sentences.append(sentence)
        documents.append(replace(document, sentences=tuple(sentences)))
    if readings:
        raise SystemExit(f"there are no such sentences: {sorted(readings)[:5]}; nothing was written")
    Corpus(tuple(documents)).save(options.data)


def read(file: Path) -> Iterator[tuple[tuple[str, int], list[str]]]:
    """Yield the place of each sentence in a file, and what is said of it."""
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            document, number, label, *reason = row
            if label not in CLASSES:
                raise SystemExit(f"{file}: {document} {number}: {label!r} is none of {', '.join(CLASSES)}")
            yield (document, int(number)), [label, *reason[:1]]


def read_by(sentence: AnnotatedSentence, annotator: str, label: str) -> AnnotatedSentence:
    """Put an annotator's reading beside those before."""
    readings = dict(sentence.readings) or {FIRST: sentence.class_name}
    return replace(sentence, readings=tuple({**readings, annotator: label}.items()))


def settled(sentence: AnnotatedSentence, label: str, reason: str = "") -> AnnotatedSentence:
    """Give a sentence the label on which its readings were settled."""
    has_cues = label not in {Label.FACT.value, SKIP}
    return replace(
        sentence,
        label=None if label == SKIP else Label(label),
        cues=sentence.cues if has_cues else (),
        source=sentence.source if label == Label.REPORT else None,
        reason=reason or None,
    )


if __name__ == "__main__":
    main()
