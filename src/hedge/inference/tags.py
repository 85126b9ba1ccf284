"""Labelled spans of a sentence as one tag for each token, and back (BIO).

Ramshaw and Marcus 1995, "Text Chunking using Transformation-Based Learning".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hedge.labels import CueKind

__all__ = ["SOURCE", "SPAN_LABELS", "TAGS", "spans_of_tags", "tags_of_spans"]

SOURCE = "source"
SPAN_LABELS = (*(kind.value for kind in CueKind), SOURCE)
OUTSIDE = "O"
TAGS = (OUTSIDE, *(f"{position}-{label}" for label in SPAN_LABELS for position in "BI"))
"""In the order of the outputs of a model."""


def tags_of_spans(offsets: Sequence[tuple[int, int]], spans: Iterable[tuple[str, int, int]]) -> list[int]:
    """Return the index of each token's tag; where spans overlap, the later one of the list counts.

    :param offsets: Where each token stands in the sentence.
    :param spans: Label, start and end of each span.
    """
    tags = [0] * len(offsets)
    for label, start, end in spans:
        inside = [i for i, (first, last) in enumerate(offsets) if first < end and last > start]
        for place, i in enumerate(inside):
            tags[i] = TAGS.index(f"{'I' if place else 'B'}-{label}")
    return tags


def spans_of_tags(tags: Sequence[int], offsets: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int, int]]:
    """Yield label, first and last token's bounds of each run of tags; an ``I`` without its ``B`` begins a span."""
    label, start, end = "", 0, 0
    for tag, (first, last) in zip(tags, offsets, strict=True):
        position, _, name = TAGS[tag].partition("-")
        if position == "I" and name == label:
            end = last
            continue
        if label:
            yield label, start, end
        label, start, end = name, first, last
    if label:
        yield label, start, end
