"""Documents that share much of their wording."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from hedge.annotations.records import AnnotatedDocument
from hedge.errors import MissingExtraError

__all__ = ["long_sentences", "near_duplicates"]

PERMUTATIONS = 128
NEAR_DUPLICATE = 0.3
"""Jaccard similarity of the word trigrams from which two documents count as near-duplicates."""
TELLING = 8
"""So many words make it unlikely that two texts have a sentence in common by chance."""


def near_duplicates(documents: Iterable[AnnotatedDocument]) -> list[list[AnnotatedDocument]]:
    """Group documents by shared wording, in their order; a document that shares none is a group of its own.

    MinHash (Broder 1997, "On the resemblance and containment of documents") over the word trigrams of the annotated
    sentences, or all of their words where there are fewer than three; what resembles a member belongs to the group,
    and so do all excerpts of its text.

    :raises MissingExtraError: if datasketch is not installed.
    """
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError as error:
        raise MissingExtraError("Finding near-duplicates", "train") from error

    index = MinHashLSH(threshold=NEAR_DUPLICATE, num_perm=PERMUTATIONS)
    groups: dict[str, list[AnnotatedDocument]] = {}
    of_text: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        text = " ".join(document.segmented.sentences).lower()
        words = re.findall(r"\w+", text) or [text]
        signature = MinHash(num_perm=PERMUTATIONS)
        for i in range(max(len(words) - 2, 1)):  # of nothing at all, every signature would be the same
            signature.update(" ".join(words[i : i + 3]).encode())
        group = [document]
        for other in [*index.query(signature), *of_text[document.sha256]]:
            if groups[other] is not group:
                group = groups[other] + group
                for member in group:
                    groups[member.id] = group
        groups[document.id] = group
        index.insert(document.id, signature)
        of_text[document.sha256].append(document.id)
    places = {name: place for place, name in enumerate(groups)}  # the index answers in an order that changes by process
    found = {id(group): group for group in groups.values()}.values()
    return [sorted(group, key=lambda document: places[document.id]) for group in found]


def long_sentences(document: AnnotatedDocument) -> set[tuple[str, ...]]:
    """Return the words of the sentences by which an excerpt of a longer text is known, in lower case.

    An excerpt does not resemble the long text that it is from: they have sentences in common.
    """
    words = (tuple(re.findall(r"\w+", sentence.lower())) for sentence in document.segmented.sentences)
    return {sentence for sentence in words if len(sentence) >= TELLING}
