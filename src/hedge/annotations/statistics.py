"""What an annotated corpus consists of, as tables and as a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

from rich import box
from rich.table import Table

from hedge.annotations.agreement import agreement
from hedge.annotations.corpus import Corpus
from hedge.annotations.records import SPLITS, AnnotatedDocument
from hedge.errors import HedgeError
from hedge.labels import CLASSES, CueKind
from hedge.plotting import pyplot

__all__ = ["agreement_tables", "plot_labels", "tables"]

COMMONEST_CUES = 12
COMMONEST_CONFUSIONS = 10


def tables(corpus: Corpus) -> dict[str, Table]:
    """Return, by title, tables of labels by origin, split, drawing and genre, of lengths, and of the commonest cues.

    Cues are shown only of texts that are ours.
    """
    return {
        "Labels by origin": _labels(corpus, lambda document: document.origin),
        "Labels by origin and split": _labels(corpus, _origin_and_split),
        "Labels of drawn documents": _labels(
            corpus.filter(lambda document: bool(document.drawn)), lambda document: document.drawn or ""
        ),
        **{
            f"Labels by genre ({origin})": _labels(
                corpus.filter(lambda document, origin=origin: document.origin == origin),  # type: ignore[misc]
                lambda document: document.genre,
            )
            for origin in sorted({document.origin for document in corpus.documents})
        },
        "Sentences per document": _lengths(corpus),
        "Commonest cues (texts that are ours)": _cues(corpus.filter(lambda document: not document.stands_off)),
    }


def agreement_tables(corpus: Corpus) -> dict[str, Table]:
    """Return, by title, tables of how far the first and the second reading agree, and of where they differ.

    :raises AnnotationError: if no sentence was read twice.
    :raises MissingExtraError: if scikit-learn or krippendorff is not installed.
    """
    found = {"all": agreement(corpus.sentences)}
    for origin in sorted({document.origin for document in corpus.documents}):
        of_origin = corpus.filter(lambda document, origin=origin: document.origin == origin)  # type: ignore[misc]
        if any(sentence.readings for sentence in of_origin.sentences):
            found[origin] = agreement(of_origin.sentences)
    figures = _table("", "sentences", "the same", "kappa", "alpha", *(f"kappa, {name}" for name in CLASSES))
    for name, one in found.items():
        by_class = (f"{one.kappa_by_class[label]:.3f}" if label in one.kappa_by_class else "" for label in CLASSES)
        figures.add_row(
            name, f"{one.sentences:,}", f"{one.same:.1%}", f"{one.kappa:.3f}", f"{one.alpha:.3f}", *by_class
        )
    confusions = _table("first reading", "second reading", "sentences")
    for first, second, count in found["all"].confusions[:COMMONEST_CONFUSIONS]:
        confusions.add_row(first, second, f"{count:,}")
    return {"Agreement of two readings": figures, "Where they differ": confusions}


def plot_labels(corpus: Corpus, file: str | Path) -> None:
    """Draw the labels of each origin and split as stacked bars.

    :param file: A picture of any kind that matplotlib writes, told by the ending.
    :raises HedgeError: if the file cannot be written, or its ending is none of a picture.
    :raises MissingExtraError: if matplotlib is not installed.
    """
    plt = pyplot()
    groups = _grouped(corpus.documents, _origin_and_split)
    figure, axes = plt.subplots(figsize=(8, 0.5 * len(groups) + 1.5), layout="constrained")
    left = [0] * len(groups)
    for name in CLASSES:
        counts = [_label_counts(documents)[name] for documents in groups.values()]
        axes.barh(list(groups), counts, left=left, label=name)
        left = [total + count for total, count in zip(left, counts, strict=True)]
    axes.invert_yaxis()
    axes.set_xlabel("sentences")
    axes.legend(ncols=len(CLASSES), loc="lower center", bbox_to_anchor=(0.5, 1))
    try:
        if Path(file).suffix.removeprefix(".").lower() not in figure.canvas.get_supported_filetypes():
            raise HedgeError(f"{file}: is no name of a picture; let it end in .png, .svg or .pdf")
        figure.savefig(file, dpi=150)
    except OSError as error:
        raise HedgeError(f"{file}: cannot be written ({error.strerror}); check the folder of --plot") from error
    finally:
        plt.close(figure)


def _origin_and_split(document: AnnotatedDocument) -> str:
    return f"{document.origin}, {document.split}"


def _grouped(
    documents: Iterable[AnnotatedDocument], key: Callable[[AnnotatedDocument], str]
) -> dict[str, list[AnnotatedDocument]]:
    groups: dict[str, list[AnnotatedDocument]] = {}
    for document in sorted(documents, key=lambda document: (document.origin, SPLITS.index(document.split))):
        groups.setdefault(key(document), []).append(document)
    return groups


def _label_counts(documents: Iterable[AnnotatedDocument]) -> Counter[str]:
    return Counter(sentence.class_name for document in documents for sentence in document.sentences)


def _table(first: str, *columns: str) -> Table:
    table = Table(first, box=box.SIMPLE_HEAD)
    for column in columns:
        table.add_column(column, justify="right")
    return table


def _labels(corpus: Corpus, key: Callable[[AnnotatedDocument], str]) -> Table:
    table = _table("", "documents", "sentences", *CLASSES)
    for name, documents in _grouped(corpus.documents, key).items():
        counts = _label_counts(documents)
        total = counts.total()
        shares = (f"{counts[label]:,} ({counts[label] / total:.0%})" for label in CLASSES)
        table.add_row(name, f"{len(documents):,}", f"{total:,}", *shares)
    return table


def _lengths(corpus: Corpus) -> Table:
    table = _table("", "least", "median", "most", "median words in a sentence")
    for name, documents in _grouped(corpus.documents, lambda document: document.origin).items():
        lengths = [len(document.sentences) for document in documents]
        words = [len(sentence.text.split()) for document in documents for sentence in document.sentences]
        table.add_row(name, str(min(lengths)), f"{median(lengths):g}", str(max(lengths)), f"{median(words):g}")
    return table


def _cues(corpus: Corpus) -> Table:
    table = _table("kind", "cues", "different")
    table.add_column("commonest")
    for kind in CueKind:
        words = Counter(
            sentence.text[cue.start : cue.end].lower()
            for sentence in corpus.sentences
            for cue in sentence.cues
            if cue.kind is kind
        )
        commonest = ", ".join(f"{word} {count}" for word, count in words.most_common(COMMONEST_CUES))
        table.add_row(kind.value, f"{words.total():,}", f"{len(words):,}", commonest)
    return table
