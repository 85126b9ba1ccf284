#!/usr/bin/env python3
"""Replace the cues and sources of sentences by those of a new reading.

    python scripts/add_cues.py CUES.jsonl … --texts FOLDER

CUES has a line for each sentence: ``document``, ``n`` (its number, from 0), ``cues`` (each ``kind`` and ``text``) and,
if one is named, ``source`` (its words). Labels stay as they are. Prints how far the new marks agree with those before.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from hedge.annotations import AnnotatedSentence, Corpus, CueSpan
from hedge.annotations.spans import find_cues, find_words
from hedge.errors import AnnotationError
from hedge.labels import Label
from whole_corpus import corpus_parser, load_whole


def main() -> None:
    """Run the script."""
    parser = corpus_parser(__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    options = parser.parse_args()
    corpus = load_whole(options.data, options.texts)
    rows = [json.loads(line) for file in options.files for line in file.read_text(encoding="utf-8").splitlines()]
    marks = {(row["document"], row["n"]): row for row in rows}
    documents, same = [], Counter[tuple[str, str]]()
    for document in corpus.documents:
        sentences = []
        for number, old in enumerate(document.sentences):
            row = marks.pop((document.id, number), None)
            new = old if row is None else marked(old, row, f"{document.id} {number}")
            if row is not None:
                count(old, new, same)
            sentences.append(new)
        documents.append(replace(document, sentences=tuple(sentences)))
    if marks:
        raise SystemExit(f"there are no such sentences: {sorted(marks)[:5]}; nothing was written")
    Corpus(tuple(documents)).save(options.data)
    for kind in sorted({kind for kind, _ in same}):
        before, now, both = (same[kind, part] for part in ("before", "now", "both"))
        print(f"{kind}: {before} before, {now} now, {both} the same (F1 {2 * both / (before + now):.2f})")


def marked(sentence: AnnotatedSentence, row: dict[str, Any], where: str) -> AnnotatedSentence:
    """Give a sentence the cues and the source of a new reading."""
    if sentence.label in {Label.FACT, None} and row["cues"]:
        raise SystemExit(f"{where}: a sentence that is {sentence.class_name} has no cues")
    try:
        source = find_words(sentence.text, row["source"]) if row.get("source") else None
        return replace(sentence, cues=find_cues(sentence.text, row["cues"]), source=source)
    except AnnotationError as error:
        raise SystemExit(f"{where}: {error}") from error


def count(old: AnnotatedSentence, new: AnnotatedSentence, same: Counter[tuple[str, str]]) -> None:
    """Count the marks before, those now, and those that are the same to the character."""
    before, now = ({*s.cues, *([("source", s.source)] if s.source else [])} for s in (old, new))
    for part, marks in (("before", before), ("now", now), ("both", before & now)):
        same.update((str(mark.kind) if isinstance(mark, CueSpan) else "source", part) for mark in marks)


if __name__ == "__main__":
    main()
