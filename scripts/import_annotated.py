#!/usr/bin/env python3
"""Bring documents with labels and cue words into the corpus, and give each new one its split.

    python scripts/import_annotated.py SOURCE_FOLDER [--data data/annotated]

Reads every ``*.jsonl`` in SOURCE_FOLDER: one document a line, with ``id``, ``source``, ``licence``, ``genre``,
``title`` and ``sentences`` (``text``, ``label``, ``cues`` as kind and words, ``source`` as words). A document that is
an excerpt has its ``text``, and sentences with ``start`` and ``end`` instead of their text. Text written for the
project comes over with its text, all other as stand-off labels. A document that is already in the corpus keeps its
split; new ones are dealt out so that every origin and genre, and every label, is spread in proportion, near-duplicates
together, or all come into the one that is asked for. The texts of the corpus are looked for in SOURCE_FOLDER, too, if
neither ``--texts`` nor ``HEDGE_TEXTS`` says where they are.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus
from hedge.annotations.corpus import DOCUMENTS_FILE, TEXTS_VARIABLE
from hedge.annotations.records import SPLITS
from hedge.annotations.spans import find_cues, find_words
from hedge.annotations.splits import FOUNDING, deal
from hedge.errors import AnnotationError
from hedge.labels import SKIP, Label
from hedge.reading import Article
from hedge.segmentation.sentences import segment_article
from whole_corpus import corpus_parser, load_whole

OWN_LICENCE = "the project's own"
RETELLINGS = {"brennock": FOUNDING}
"""Written documents that tell the story of the founding articles again."""


def main() -> None:
    """Run the script."""
    parser = corpus_parser(__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--split", choices=SPLITS, help="of every new document; dealt out if not given")
    parser.add_argument("--round", type=int, help="number of the round of additions that they are")
    options = parser.parse_args()
    there = (options.data / DOCUMENTS_FILE).exists()
    texts = options.texts or (None if os.environ.get(TEXTS_VARIABLE) else options.source)
    old = load_whole(options.data, texts) if there else Corpus(())
    known = {document.id for document in old.documents}
    records = [record for file in sorted(options.source.glob("*.jsonl")) for record in records_of(file)]
    new = [document_from(record, options.round) for record in records if record["id"] not in known]
    fixed = {document.id: document.split for document in old.documents}
    splits = deal([*old.documents, *new], fixed | ({d.id: options.split for d in new} if options.split else {}))
    documents = [*old.documents, *(replace(document, split=splits[document.id]) for document in new)]
    Corpus(tuple(sorted(documents, key=lambda d: (d.origin, d.id)))).save(options.data)
    for split in SPLITS:
        chosen = [d for d in documents if d.split == split]
        for origin in sorted({d.origin for d in chosen}):
            labels = Counter(s.class_name for d in chosen if d.origin == origin for s in d.sentences)
            print(split, origin, sum(d.origin == origin for d in chosen), dict(labels))


def records_of(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the documents of a file."""
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def document_from(record: dict[str, Any], number: int | None = None) -> AnnotatedDocument:
    """Turn a document with cue words into a record with spans."""
    own = record["licence"] == OWN_LICENCE
    origin = "written" if own else FOUNDING if record["source"].startswith(FOUNDING) else "real"
    excerpt, sentences = None, record["sentences"]
    if "text" in record:
        places = tuple((sentence["start"], sentence["end"]) for sentence in sentences)
        excerpt = segment_article(Article(record["text"], sentences=places))
        sentences = [{**row, "text": text} for row, text in zip(sentences, excerpt.sentences, strict=True)]
    return AnnotatedDocument(
        id=record["id"],
        genre=record["genre"],
        origin=origin,
        source=record["source"],
        licence=record["licence"],
        split="",
        sentences=tuple(sentence_from(sentence, record["id"]) for sentence in sentences),
        title=record["title"] if own else None,
        url=record.get("url"),
        retells=record.get("retells") or RETELLINGS.get(record["id"]),
        topic=record.get("topic"),
        drawn=record.get("drawn"),
        added=date.today().isoformat(),
        round=number,
        stands_off=not own,
        excerpt=excerpt,
    )


def sentence_from(record: dict[str, Any], document: str) -> AnnotatedSentence:
    """Find the words of cues and source in their sentence."""
    text = record["text"]
    try:
        cues = find_cues(text, record["cues"])
        source = find_words(text, record["source"]) if record.get("source") else None
    except AnnotationError as error:
        raise SystemExit(f"{document}: {error}") from error
    label = None if record["label"] == SKIP else Label(record["label"])
    return AnnotatedSentence(text, label, cues, source, tuple(record.get("readings", {}).items()), record.get("reason"))


if __name__ == "__main__":
    main()
