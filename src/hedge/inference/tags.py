"""Labelled spans of a sentence as one tag for each token, and back (BIO).

Ramshaw and Marcus 1995, "Text Chunking using Transformation-Based Learning".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hedge.labels import SPAN_LABELS

__all__ = ["OUTSIDE", "TAGS", "joined", "spans_of_tags", "tags_of_spans", "words_of"]

OUTSIDE = "O"
TAGS = (OUTSIDE, *(f"{position}-{label}" for label in SPAN_LABELS for position in "BI"))
"""In the order of the outputs of a model."""
WITHIN_WORDS = tuple("'’-\N{NON-BREAKING HYPHEN}")
"""What has letters of the same word on both sides."""


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


def words_of(text: str, offsets: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Return the words of a sentence: the number of the first token, and the bounds, of each.

    Tokens that touch make up a word, and so do those with an apostrophe or a hyphen between them ("won't", "far-off").
    Any other token without a letter or digit belongs to none, nor does the white space that many tokenizers count to
    the token behind it.
    """
    words: list[tuple[int, int, int]] = []
    for number, (begin, end) in enumerate(offsets):
        token = text[begin:end]
        if not any(character.isalnum() for character in token):
            continue
        start = end - len(token.lstrip())
        if words and (start <= words[-1][2] or text[words[-1][2] : start] in WITHIN_WORDS):
            first, start, before = words.pop()
            words.append((first, start, max(before, end)))
        else:
            words.append((number, start, end))
    return words


def joined(tags: Sequence[int]) -> list[int]:
    """Return tags in which a span goes on where another of its label would begin right behind it."""
    names = [TAGS[tag] for tag in tags]
    labels = [name.partition("-")[2] for name in names]
    pairs = zip(names, labels, ["", *labels], strict=False)
    return [TAGS.index(f"I-{label}" if label and label == before else name) for name, label, before in pairs]
