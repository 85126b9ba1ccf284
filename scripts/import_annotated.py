#!/usr/bin/env python3
"""Bring documents with labels and cue words into the corpus, and give each new one its split.

    python scripts/import_annotated.py SOURCE_FOLDER [--data data/annotated]

Reads every ``*.jsonl`` in SOURCE_FOLDER: one document a line, with ``id``, ``source``, ``licence``, ``genre``,
``title`` and ``sentences`` (``text``, ``label``, ``cues`` as kind and words, ``source`` as words). A document that is
an excerpt has its ``text``, and sentences with ``start`` and ``end`` instead of their text. Text written for the
project comes over with its text, all other as stand-off labels. A document that is already in the corpus keeps its
split; new ones are dealt out so that every origin and genre, and every label, is spread in proportion. Near-duplicates
(MinHash over word trigrams) never come into different splits.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus, CueSpan
from hedge.annotations.corpus import DEFAULT_FOLDER, DOCUMENTS_FILE
from hedge.annotations.duplicates import near_duplicates
from hedge.labels import CLASSES, SKIP, CueKind, Label
from hedge.reading import Article
from hedge.segmentation.sentences import segment_article

OWN_LICENCE = "the project's own"
SHARES = {"test": 0.25, "validation": 0.17, "train": 0.58}
SEED = 20261122
FOUNDING = "founding"
RETELLINGS = {"brennock": FOUNDING}
"""Written documents that tell the story of the founding articles again."""


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--data", type=Path, default=DEFAULT_FOLDER)
    options = parser.parse_args()
    old = Corpus.load(options.data, options.source) if (options.data / DOCUMENTS_FILE).exists() else Corpus(())
    known = {document.id for document in old.documents} | set(old.unresolved)
    if old.unresolved:
        raise SystemExit(f"texts of {len(old.unresolved)} documents are missing; give all of them")
    records = [record for file in sorted(options.source.glob("*.jsonl")) for record in records_of(file)]
    new = [document_from(record) for record in records if record["id"] not in known]
    splits = deal([*old.documents, *new], {document.id: document.split for document in old.documents})
    documents = [*old.documents, *(replace(document, split=splits[document.id]) for document in new)]
    Corpus(tuple(sorted(documents, key=lambda d: (d.origin, d.id)))).save(options.data)
    for split in SHARES:
        chosen = [d for d in documents if d.split == split]
        for origin in sorted({d.origin for d in chosen}):
            labels = Counter(s.class_name for d in chosen if d.origin == origin for s in d.sentences)
            print(split, origin, sum(d.origin == origin for d in chosen), dict(labels))


def records_of(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the documents of a file."""
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def document_from(record: dict[str, Any]) -> AnnotatedDocument:
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
        excerpt=excerpt,
    )


def sentence_from(record: dict[str, Any], document: str) -> AnnotatedSentence:
    """Find the words of cues and source in their sentence."""
    text, taken = record["text"], set[tuple[int, int]]()
    cues = []
    for cue in record["cues"]:
        place = find(text, cue["text"], taken, document)
        taken.add(place)
        cues.append(CueSpan(CueKind(cue["kind"]), *place))
    source = find(text, record["source"], set(), document) if record.get("source") else None
    return AnnotatedSentence(
        text,
        None if record["label"] == SKIP else Label(record["label"]),
        tuple(sorted(cues, key=lambda cue: (cue.start, cue.end))),
        source,
        tuple(record.get("readings", {}).items()),
        record.get("reason"),
    )


def find(text: str, words: str, taken: set[tuple[int, int]], document: str) -> tuple[int, int]:
    """Return the first place of the words, whole words first, that no other cue of the sentence has."""
    # The words may have been read with white space folded, where the text breaks its lines.
    pattern = r"\s+".join(map(re.escape, words.split()))
    before = r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    whole = [match.span() for match in re.finditer(before + pattern + after, text)]
    anywhere = [match.span() for match in re.finditer(pattern, text)]
    for place in whole + anywhere:
        if place not in taken:
            return place
    raise SystemExit(f"{document}: {words!r} is not in its sentence, or is named more often than it stands there")


def deal(documents: list[AnnotatedDocument], fixed: dict[str, str]) -> dict[str, str]:
    """Give every document a split, those in ``fixed`` the one they have.

    Groups of near-duplicates are dealt one by one, the largest genres first, each to the split that is furthest
    below its share of the labels (within the origin) and of the documents (within origin and genre).
    """
    splits = dict(fixed)
    have: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    total: Counter[tuple[str, str]] = Counter()
    for document in documents:
        total.update(weights(document))
        if document.id in fixed:
            have[fixed[document.id]].update(weights(document))
    groups = near_duplicates(documents)
    random.Random(SEED).shuffle(groups)  # noqa: S311
    rarity = {key: 1 / count for key, count in total.items()}
    groups.sort(key=lambda group: -max(rarity[key] for d in group for key in weights(d) if key[1] in CLASSES))
    for group in groups:
        placed = {splits[d.id] for d in group if d.id in splits}
        needs: Counter[tuple[str, str]] = Counter()
        for document in group:
            if document.id not in splits:
                needs.update(weights(document))
        if any(d.origin == FOUNDING or d.retells for d in group):
            placed = placed or {"train"}
        best = (
            min(placed)
            if placed
            else max(
                SHARES,
                key=lambda split: sum(
                    amount / total[key] * (SHARES[split] - have[split][key] / total[key]) / SHARES[split]
                    for key, amount in needs.items()
                ),
            )
        )
        have[best].update(needs)
        splits |= {d.id: best for d in group if d.id not in splits}
    return splits


def weights(document: AnnotatedDocument) -> Counter[tuple[str, str]]:
    """Count what is to be spread: the labels and the document itself, within its origin and source."""
    counts = Counter((document.origin, sentence.class_name) for sentence in document.sentences)
    kind = document.source if document.origin == "real" else document.origin
    counts[document.origin, f"document from {kind}"] += 1
    return counts


if __name__ == "__main__":
    main()
