"""Which documents train, which choose and calibrate, which test."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from hedge.annotations.duplicates import near_duplicates
from hedge.annotations.records import AnnotatedDocument
from hedge.labels import CLASSES

__all__ = ["FOUNDING", "deal"]

FOUNDING = "founding"
"""The origin of the founding articles: they, and what retells them, only ever train."""
SHARES = {"train": 0.58, "validation": 0.17, "test": 0.25}
"""Of the labels and documents, in the order in which the splits of a new corpus get their first document."""
SEED = 20261122

Amounts: TypeAlias = Counter[tuple[str, str]]
"""How much there is of each label and kind of document, by origin."""


def deal(documents: Iterable[AnnotatedDocument], fixed: Mapping[str, str]) -> dict[str, str]:
    """Give every document a split, those in ``fixed`` the one they have.

    Groups of near-duplicates are dealt one by one, those with the rarest labels first. One with a label or ``skip``
    that ``train`` lacks goes there, since no model can learn what it never sees; another goes to the first split that
    is empty, else to the one that is furthest below its share of the labels (within the origin) and of the documents
    (within origin and genre).

    :raises MissingExtraError: if there is something to deal and datasketch is not installed.
    """
    documents, splits = list(documents), dict(fixed)
    if all(document.id in splits for document in documents):
        return splits
    have: defaultdict[str, Amounts] = defaultdict(Counter)
    total: Amounts = Counter()
    for document in documents:
        total.update(_weights(document))
        if document.id in fixed:
            have[fixed[document.id]].update(_weights(document))
    groups = near_duplicates(documents)
    random.Random(SEED).shuffle(groups)  # noqa: S311
    rarity = {key: 1 / count for key, count in total.items()}
    groups.sort(key=lambda group: -max(rarity[key] for d in group for key in _weights(d) if key[1] in CLASSES))
    for group in groups:
        placed = {splits[d.id] for d in group if d.id in splits}
        needs: Amounts = Counter()
        for document in group:
            if document.id not in splits:
                needs.update(_weights(document))
        if any(d.origin == FOUNDING or d.retells for d in group):
            placed = placed or {"train"}
        best = min(placed) if placed else _neediest(needs, have, total)
        have[best].update(needs)
        splits |= {d.id: best for d in group if d.id not in splits}
    return splits


def _neediest(needs: Amounts, have: defaultdict[str, Amounts], total: Amounts) -> str:
    """Return the split for a group: from what is in it, what each split has already, and what there is in all."""
    trained = {name for _, name in have["train"]}
    if any(name in CLASSES and name not in trained for _, name in needs):
        return "train"
    empty = [split for split in SHARES if not have[split]]
    return max(
        empty[:1] or SHARES,
        key=lambda split: sum(
            amount / total[key] * (SHARES[split] - have[split][key] / total[key]) / SHARES[split]
            for key, amount in needs.items()
        ),
    )


def _weights(document: AnnotatedDocument) -> Amounts:
    """Count what is to be spread: the labels and the document itself, within its origin and source."""
    counts = Counter((document.origin, sentence.class_name) for sentence in document.sentences)
    kind = document.source if document.origin == "real" else document.origin
    counts[document.origin, f"document from {kind}"] += 1
    return counts
