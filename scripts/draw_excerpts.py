#!/usr/bin/env python3
"""Draw excerpts of a collection of documents for annotation.

    python scripts/draw_excerpts.py COLLECTION --enriched hedges --count 30 --texts FOLDER > drawn.jsonl

COLLECTION is a file of JSON Lines (perhaps ``.gz``): a document a line, with ``id``, ``source``, ``licence``, ``genre``
and ``text``. Documents of the corpus are passed over, and so are those that share much of their wording with one, or a
whole sentence with one that is measured on. With ``--again``, excerpts come from the texts of which the training split
has one, from what is not annotated of them; how these texts were chosen then counts for the new excerpts, too.

An excerpt is a run of consecutive sentences. Drawn at random, any document and run may come; enriched, the documents
and runs with the most of what is looked for come first, so that they are no sample of anything, and are marked:
``hedges``, ``quotations``, or ``doubt``, what a model is least sure of (uncertainty sampling, Lewis and Gale 1994).
What is looked for only decides what is read, never how it is labelled.

Writes the form that ``scripts/import_annotated.py`` reads, its sentences yet without labels.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from hedge import load
from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus
from hedge.annotations.duplicates import long_sentences, near_duplicates
from hedge.annotations.records import text_hash
from hedge.reading import Article
from hedge.segmentation.quotation import quotation_states
from hedge.segmentation.sentences import SegmentedText, segment_article
from whole_corpus import corpus_parser, load_whole

HEDGES = re.compile(
    r"\b(could|may|might|would|likely|unlikely|perhaps|possibly|probably|expected to|appears?|seems?|unclear|whether|"
    r"remains to be seen|risks?|uncertain(?:ty)?|if)\b",
    re.IGNORECASE,
)
LEAST_SENTENCES = 6
Score = Callable[[SegmentedText], Sequence[float]]
"""Says how much of what is looked for is in each sentence of a text."""
Drawn = tuple[dict[str, Any], SegmentedText, int]
"""A record, its text and the first sentence of the run."""


def main() -> None:
    """Run the script."""
    parser = corpus_parser(__doc__)
    parser.add_argument("collection", type=Path)
    parser.add_argument("--enriched", choices=("hedges", "quotations", "doubt"), help="at random if not given")
    parser.add_argument("--model", default="default", help="whose doubt is looked for, with --enriched doubt")
    parser.add_argument(
        "--again", action="store_true", help="draw from texts of which the training split has an excerpt"
    )
    parser.add_argument("--count", type=int, default=20, help="how many documents, at the most")
    parser.add_argument(
        "--sentences", type=int, default=14, help="how many of each; fewer only of texts that have no more"
    )
    parser.add_argument("--source", help="only documents of this source")
    parser.add_argument("--exclude", type=Path, nargs="*", default=[], help="files drawn before")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    corpus = load_whole(options.data, options.texts)
    before = {json.loads(line)["id"] for file in options.exclude for line in file.read_text("utf-8").splitlines()}
    before |= {document.id for document in corpus.documents}
    measured = {words for d in corpus.documents if d.split != "train" for words in long_sentences(d)}
    excerpts: dict[str, list[AnnotatedDocument]] = defaultdict(list)
    for document in corpus.split("train").documents:
        if document.excerpt:
            excerpts[document.sha256].append(document)
    records = [r for r in records_of(options.collection) if options.source in (None, r["source"])]
    generator = random.Random(options.seed)  # noqa: S311
    generator.shuffle(records)
    scores: dict[str | None, Score] = {
        "hedges": hedges,
        "quotations": quotations,
        "doubt": partial(doubt, options.model),
        None: nothing,
    }
    drawn = []
    for record in records:
        text, known = segment_article(Article(record["text"])), excerpts[text_hash(record["text"])]
        if options.again:
            record["id"] = f"{record['id']}-excerpt-{len(known) + 1}"
        if record["id"] in before or (options.again and not known) or len(text.spans) < LEAST_SENTENCES:
            continue
        firsts = unread_runs(text, options.sentences, known)
        if firsts and measured.isdisjoint(long_sentences(whole(record, text))):
            score, first = best_run(scores[options.enriched](text), firsts, options.sentences, generator)
            drawn.append((score, record, text, first))
    drawn.sort(key=lambda chosen: -chosen[0])  # stable: at random, where all scores are zero
    new = [(record, text, first) for _, record, text, first in drawn[: options.count * 2]]
    if not options.again:
        new = unlike_the_corpus(corpus, new)
    for record, text, first in new[: options.count]:
        spans = text.spans[first : first + options.sentences]
        record["drawn"] = f"enriched: {options.enriched}" if options.enriched else "random"
        record["sentences"] = [{"start": span.start, "end": span.end} for span in spans]
        print(json.dumps(record, ensure_ascii=False))


def records_of(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the documents of a file, which may be compressed."""
    opener = gzip.open if file.suffix == ".gz" else open
    with opener(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def hedges(text: SegmentedText) -> list[bool]:
    """Find the sentences with a word that may leave a claim open."""
    return [bool(HEDGES.search(sentence)) for sentence in text.sentences]


def quotations(text: SegmentedText) -> list[bool]:
    """Find the sentences that go on with a quotation begun in one before."""
    return [state.opens_inside for state in quotation_states(text)]


def doubt(model: str, text: SegmentedText) -> list[float]:
    """Return for each sentence by how much the probability of the label that a model chooses falls short of 1."""
    document = loaded(model).classify_sentences(text.sentences)
    return [1 - max(sentence.probabilities.values()) for sentence in document.sentences]


loaded = cache(load)


def nothing(text: SegmentedText) -> list[float]:
    """Look for nothing: all runs are worth the same."""
    return [0.0] * len(text.sentences)


def unread_runs(text: SegmentedText, length: int, known: Sequence[AnnotatedDocument]) -> list[int]:
    """Return the first sentences of the runs of a text that no known excerpt of it overlaps."""
    read = {place for document in known for span in document.segmented.spans for place in range(span.start, span.end)}
    free = [read.isdisjoint(range(span.start, span.end)) for span in text.spans]
    return [first for first in range(max(1, len(free) - length + 1)) if all(free[first : first + length])]


def best_run(
    scores: Sequence[float], firsts: Sequence[int], length: int, generator: random.Random
) -> tuple[float, int]:
    """Return score and first sentence of the run with the most of what is looked for; of several, any."""
    sums = {first: sum(scores[first : first + length]) for first in firsts}
    best = max(sums.values())
    return best, generator.choice([first for first, value in sums.items() if value == best])


def unlike_the_corpus(corpus: Corpus, new: list[Drawn]) -> list[Drawn]:
    """Return those that are no near-duplicates of the corpus, nor of one another."""
    groups = near_duplicates([*corpus.documents, *(whole(record, text) for record, text, _ in new)])
    unlike = {group[0].id for group in groups}
    return [chosen for chosen in new if chosen[0]["id"] in unlike]


def whole(record: dict[str, Any], text: SegmentedText) -> AnnotatedDocument:
    """Return all of a text as a document without labels."""
    sentences = tuple(AnnotatedSentence(sentence, None) for sentence in text.sentences)
    return AnnotatedDocument(record["id"], "", "real", "", "", "", sentences)


if __name__ == "__main__":
    main()
