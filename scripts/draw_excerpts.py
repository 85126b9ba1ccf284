#!/usr/bin/env python3
"""Draw excerpts of a collection of documents for annotation.

    python scripts/draw_excerpts.py COLLECTION --enriched hedges --count 30 --texts FOLDER > drawn.jsonl

COLLECTION is a file of JSON Lines (perhaps ``.gz``): a document a line, with ``id``, ``source``, ``licence``, ``genre``
and ``text``. Documents of the corpus are passed over, and so are those that share much of their wording with one. An
excerpt is a run of consecutive sentences. Drawn at random, any document and run may come; enriched, the documents and
runs with the most of what is looked for come first, so that they are no sample of anything, and are marked. What is
looked for only decides what is read, never how it is labelled.

Writes the form that ``scripts/import_annotated.py`` reads, its sentences yet without labels.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus
from hedge.annotations.duplicates import near_duplicates
from hedge.reading import Article
from hedge.segmentation.sentences import SegmentedText, segment_article
from whole_corpus import corpus_parser, load_whole

HEDGES = re.compile(
    r"\b(could|may|might|would|likely|unlikely|perhaps|possibly|probably|expected to|appears?|seems?|unclear|whether|"
    r"remains to be seen|risks?|uncertain(?:ty)?|if)\b",
    re.IGNORECASE,
)
LEAST_SENTENCES = 6


def main() -> None:
    """Run the script."""
    parser = corpus_parser(__doc__)
    parser.add_argument("collection", type=Path)
    parser.add_argument("--enriched", choices=sorted(SCORES), help="what to look for; at random if not given")
    parser.add_argument("--count", type=int, default=20, help="how many documents")
    parser.add_argument("--sentences", type=int, default=14, help="how many of each, at the most")
    parser.add_argument("--source", help="only documents of this source")
    parser.add_argument("--exclude", type=Path, nargs="*", default=[], help="files drawn before")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    corpus = load_whole(options.data, options.texts)
    before = {json.loads(line)["id"] for file in options.exclude for line in file.read_text("utf-8").splitlines()}
    before |= {document.id for document in corpus.documents}
    records = [r for r in records_of(options.collection) if r["id"] not in before]
    records = [r for r in records if options.source in (None, r["source"])]
    generator = random.Random(options.seed)  # noqa: S311
    generator.shuffle(records)
    drawn = []
    for record in records:
        text = segment_article(Article(record["text"]))
        if len(text.spans) >= LEAST_SENTENCES:
            score, first = best_run(text, options.sentences, options.enriched, generator)
            drawn.append((score, record, text, first))
    drawn.sort(key=lambda chosen: -chosen[0])  # stable: at random, where all scores are zero
    new = [(record, text, first) for _, record, text, first in drawn[: options.count * 2]]
    unlike = unlike_the_corpus(corpus, new)
    for record, text, first in [chosen for chosen in new if chosen[0]["id"] in unlike][: options.count]:
        spans = text.spans[first : first + options.sentences]
        record["drawn"] = f"enriched: {options.enriched}" if options.enriched else "random"
        record["sentences"] = [{"start": span.start, "end": span.end} for span in spans]
        print(json.dumps(record, ensure_ascii=False))


def records_of(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the documents of a file, which may be compressed."""
    opener = gzip.open if file.suffix == ".gz" else open
    with opener(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def hedges(sentences: list[str]) -> int:
    """Count the sentences with a word that may leave a claim open."""
    return sum(bool(HEDGES.search(sentence)) for sentence in sentences)


def quotations(sentences: list[str]) -> int:
    """Count the sentences that go on with a quotation begun in one before."""
    within, count = False, 0
    for sentence in sentences:
        count += within
        for mark in re.findall(r'[“”"]', sentence):
            within = not within if mark == '"' else mark == "“"
    return count


SCORES: dict[str, Callable[[list[str]], int]] = {"hedges": hedges, "quotations": quotations}


def best_run(text: SegmentedText, length: int, enriched: str | None, generator: random.Random) -> tuple[int, int]:
    """Return score and first sentence of the run with the most of what is looked for, or of any run."""
    firsts = range(max(1, len(text.spans) - length + 1))
    if enriched is None:
        return 0, generator.choice(firsts)
    scores = [SCORES[enriched](text.sentences[first : first + length]) for first in firsts]
    return max(scores), scores.index(max(scores))


def unlike_the_corpus(corpus: Corpus, new: list[tuple[dict[str, Any], SegmentedText, int]]) -> set[str]:
    """Return the ids of those that are no near-duplicates of the corpus, nor of one another."""
    drawn = [
        AnnotatedDocument(
            record["id"], "", "real", "", "", "", tuple(AnnotatedSentence(s, None) for s in text.sentences)
        )
        for record, text, _ in new
    ]
    groups = near_duplicates([*corpus.documents, *drawn])
    return {group[0].id for group in groups} - {document.id for document in corpus.documents}


if __name__ == "__main__":
    main()
