"""How far the annotators of a corpus agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from hedge.annotations.records import AnnotatedSentence
from hedge.errors import AnnotationError, MissingExtraError
from hedge.labels import CLASSES

__all__ = ["Agreement", "agreement"]


@dataclass(frozen=True)
class Agreement:
    """Agreement of two annotators on the sentences that both have read."""

    sentences: int
    same: float
    """The part of them on which both chose the same."""
    kappa: float
    """Cohen 1960, "A Coefficient of Agreement for Nominal Scales"."""
    alpha: float
    """Krippendorff's alpha for nominal data; Hayes and Krippendorff 2007, "Answering the Call for a Standard
    Reliability Measure for Coding Data"."""
    kappa_by_class: dict[str, float]
    """For each label and ``skip`` that was chosen, but not always: kappa of choosing it or not."""
    confusions: tuple[tuple[str, str, int], ...]
    """What the one and the other chose and how often, where they differ, the commonest first."""


def agreement(sentences: Iterable[AnnotatedSentence], one: str = "first", other: str = "second") -> Agreement:
    """Compare two annotators.

    :param sentences: Those that lack a reading by either are passed over.
    :raises AnnotationError: if no sentence was read by both.
    :raises MissingExtraError: if scikit-learn or krippendorff is not installed.
    """
    try:
        import krippendorff
        from sklearn.metrics import cohen_kappa_score
    except ImportError as error:
        raise MissingExtraError("Measuring agreement", "train") from error

    readings = [dict(sentence.readings) for sentence in sentences]
    pairs = [(found[one], found[other]) for found in readings if one in found and other in found]
    if not pairs:
        names = ", ".join(sorted({name for found in readings for name in found})) or "nobody"
        raise AnnotationError(
            f"no sentence was read by both {one!r} and {other!r}; import the answers of one with hedge annotations "
            f"import --annotator {one}, and of the other with --annotator {other} (readings here are by {names})"
        )
    left, right = zip(*pairs, strict=True)
    differing = Counter(pair for pair in pairs if pair[0] != pair[1])
    coded = [[CLASSES.index(name) for name in side] for side in (left, right)]
    return Agreement(
        sentences=len(pairs),
        same=1 - sum(differing.values()) / len(pairs),
        kappa=float(cohen_kappa_score(left, right, labels=CLASSES)),
        alpha=float(krippendorff.alpha(coded, level_of_measurement="nominal")),
        kappa_by_class={
            name: float(cohen_kappa_score([a == name for a in left], [b == name for b in right]))
            for name in CLASSES
            if 0 < (left + right).count(name) < 2 * len(pairs)
        },
        confusions=tuple((a, b, count) for (a, b), count in differing.most_common()),
    )
