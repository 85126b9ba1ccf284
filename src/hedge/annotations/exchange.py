"""Sentences of a corpus, or of texts yet to be annotated, out to an annotation tool; its answers back into a corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hedge.annotations.corpus import Corpus
from hedge.annotations.formats.item import DETAILS, Item, LeftOut
from hedge.annotations.records import AnnotatedDocument, AnnotatedSentence, text_hash
from hedge.annotations.splits import deal
from hedge.classifier import Classifier
from hedge.errors import AnnotationError
from hedge.labels import SKIP, Label
from hedge.reading.article import Article
from hedge.segmentation.sentences import segment_article

__all__ = ["Imported", "items_of_articles", "items_of_corpus", "merged"]

NEIGHBOURS = 2
"""How many sentences before and after go with each."""
FIRST = "first"
"""The annotator whose choice a label is that has no readings beside it."""
ID_LENGTH = 12
FIELDS = {"publisher": "source"}
"""What a document's field is called where its detail has another name."""
BARE = frozenset({Label.FACT, None})
"""What has no cues."""


@dataclass(frozen=True)
class Imported:
    """What came of an import."""

    corpus: Corpus
    new_documents: int
    new_sentences: int
    changed: int
    """Sentences that were in the corpus with another label."""
    unmarked: int
    """Sentences of these whose cues and source are gone with the label that allowed them."""
    undecided: tuple[str, ...]
    """Sentences whose annotators differ evenly: the first one's choice stands until it is settled."""
    gaps: tuple[str, ...]
    """New documents from whose midst sentences are missing."""
    left_out: Counter[str]
    """How many records held no answer, by why."""


def items_of_corpus(corpus: Corpus, classifier: Classifier | None = None) -> Iterator[Item]:
    """Yield every sentence of a corpus with its label.

    :param classifier: Its answers are added as suggestions.
    """
    for document in corpus.documents:
        details = {name: str(getattr(document, FIELDS.get(name, name)) or "") for name in DETAILS}
        items = _placed(document.id, document.segmented.sentences, details)
        if classifier:
            items = _suggested(items, Article.from_sentences(document.segmented.sentences), classifier)
        for item, sentence in zip(items, document.sentences, strict=True):
            yield replace(
                item,
                label=sentence.class_name,
                readings=sentence.readings,
                cues=sentence.cues,
                source=sentence.source,
                reason=sentence.reason,
            )


def items_of_articles(articles: Iterable[Article], classifier: Classifier | None = None) -> Iterator[Item]:
    """Yield every sentence of articles, segmented and yet to be annotated.

    :param classifier: Its answers are added as suggestions.
    """
    for article in articles:
        items = _placed(article.id or article.name, segment_article(article).sentences, {})
        yield from _suggested(items, article, classifier) if classifier else items


def merged(
    corpus: Corpus,
    records: Iterable[Item | LeftOut],
    *,
    template: AnnotatedDocument,
    annotator: str | None = None,
) -> Imported:
    """Put the answers of annotators into a corpus.

    A sentence that the corpus has gets the new label; where it is known who chose that, it also stands among its
    readings, beside what was there before. Cues and source are replaced if the format tells them, else they stay where
    the label allows them. Other sentences become new documents, in the order of their numbers; one whose document is
    not named is a document by itself, known by its words. Where several annotators answered, the label is what most of
    them chose. A label that is only as it was exported is nobody's answer, and has no vote beside one.

    :param template: What new documents are, as far as the records do not say: genre, origin, source, licence, split
        (dealt out in proportion where it is empty) and whether the text stands off.
    :param annotator: Whose answers they are, where the records do not say.
    :raises AnnotationError: if a record names a sentence of the corpus, or of another record, but has another text.
    :raises MissingExtraError: if splits have to be dealt out and datasketch is not installed.
    """
    left_out: Counter[str] = Counter()
    answers: dict[str, dict[int, list[Item]]] = {}
    for record in records:
        if isinstance(record, LeftOut):
            left_out[record.why] += 1
        else:
            sentences = answers.setdefault(record.document or _identity(record.text), {})
            sentences.setdefault(record.number or 0, []).append(
                record if record.exported else replace(record, annotator=record.annotator or annotator)
            )
    for identity, numbers in answers.items():
        for number, items in numbers.items():
            _check_one_text(items, f"sentence {number} of {identity!r}")
            numbers[number] = [item for item in items if not item.exported] or items[:1]
    undecided = tuple(
        f"{identity} {number}" if items[0].document else items[0].where
        for identity, numbers in answers.items()
        for number, items in numbers.items()
        if _label(items) is None
    )
    documents = [_relabelled(document, answers.pop(document.id, {})) for document in corpus.documents]
    unresolved = sorted(set(answers) & set(corpus.unresolved))
    if unresolved:
        raise AnnotationError(
            f"the text of {', '.join(unresolved)} is not here, so that nothing was changed; pass --texts"
        )
    new = [_new_document(identity, numbers, template) for identity, numbers in answers.items()]
    splits = {document.id: document.split for document in (*documents, *new) if document.split}
    splits = deal([*documents, *new], splits)
    pairs = [
        (a, b)
        for old, now in zip(corpus.documents, documents, strict=True)
        for a, b in zip(old.sentences, now.sentences, strict=True)
    ]
    return Imported(
        corpus=Corpus(
            (*documents, *(replace(document, split=splits[document.id]) for document in new)), corpus.unresolved
        ),
        new_documents=len(new),
        new_sentences=sum(len(document.sentences) for document in new),
        changed=sum(old.label != now.label for old, now in pairs),
        unmarked=sum(bool(old.cues or old.source) and not (now.cues or now.source) for old, now in pairs),
        undecided=undecided,
        gaps=tuple(identity for identity, numbers in answers.items() if max(numbers) >= len(numbers)),
        left_out=left_out,
    )


def _identity(text: str) -> str:
    """Return the id of a document that is one sentence and was given no id: the beginning of the hash of its words."""
    return text_hash(" ".join(text.split()))[:ID_LENGTH]


def _check_one_text(items: Sequence[Item], name: str) -> None:
    """Make sure that all answers are to one sentence."""
    for item in items:
        if item.text.split() != items[0].text.split():
            raise AnnotationError(
                f"{item.where}: {name} has another text than in {items[0].where}; number the sentences of a document, "
                "from 0, in 'sentence'"
            )


def _placed(identity: str, sentences: Sequence[str], details: dict[str, str]) -> Iterator[Item]:
    for number, text in enumerate(sentences):
        yield Item(
            text=text,
            document=identity,
            number=number,
            before=" ".join(sentences[max(0, number - NEIGHBOURS) : number]),
            after=" ".join(sentences[number + 1 : number + 1 + NEIGHBOURS]),
            details=details,
        )


def _suggested(items: Iterable[Item], article: Article, classifier: Classifier) -> Iterator[Item]:
    for item, sentence in zip(items, classifier.classify(article).sentences, strict=True):
        name = str(sentence.label or SKIP)
        yield replace(item, suggestion=name, score=sentence.probability, model=classifier.name)


def _relabelled(document: AnnotatedDocument, answers: Mapping[int, Sequence[Item]]) -> AnnotatedDocument:
    """Return a document of the corpus with new answers to some of its sentences."""
    sentences = list(document.sentences)
    for number, items in answers.items():
        where = items[0].where
        if number >= len(sentences) or sentences[number].text.split() != items[0].text.split():
            raise AnnotationError(
                f"{where}: this is not sentence {number} of {document.id!r} in the corpus; give the document another id"
            )
        old, new = sentences[number], _sentence(items)
        readings = dict(old.readings) or ({FIRST: old.class_name} if new.readings else {})
        told = any(item.cues is not None for item in items)
        sentences[number] = replace(
            new,
            text=old.text,
            cues=new.cues if told else () if new.label in BARE else old.cues,
            source=new.source if told else old.source if new.label is Label.REPORT else None,
            readings=tuple({**readings, **dict(new.readings)}.items()),
            reason=old.reason if new.label == old.label else None,
        )
    return replace(document, sentences=tuple(sentences))


def _new_document(
    identity: str, answers: Mapping[int, Sequence[Item]], template: AnnotatedDocument
) -> AnnotatedDocument:
    """Make a document of the sentences that were answered, filling in from the template what the records do not say."""
    details = next(iter(answers.values()))[0].details
    named: dict[str, Any] = {FIELDS.get(name, name): value for name, value in details.items()}
    if "round" in named:
        named["round"] = int(named["round"])
    return replace(
        template, id=identity, sentences=tuple(_sentence(answers[number]) for number in sorted(answers)), **named
    )


def _sentence(items: Sequence[Item]) -> AnnotatedSentence:
    """Make one sentence of all answers to it."""
    label = _label(items) or items[0].label
    deciding = next(item for item in items if item.label == label)
    return AnnotatedSentence(
        text=deciding.text,
        label=None if label == SKIP else Label(label),
        cues=deciding.cues or (),
        source=deciding.source,
        readings=_readings(items),
    )


def _readings(items: Sequence[Item]) -> tuple[tuple[str, str], ...]:
    """Return who chose what, as far as the file tells people apart."""
    readings: dict[str, str] = {}
    for number, item in enumerate(items, 1):
        readings |= dict(item.readings)
        if item.annotator or (len(items) > 1 and not item.readings):
            readings[item.annotator or f"annotator {number}"] = str(item.label)
    return tuple(readings.items())


def _label(items: Sequence[Item]) -> str | None:
    """Return what most of the answers to a sentence say; ``None`` if they differ evenly."""
    (label, most), *others = Counter(str(item.label) for item in items).most_common()
    return None if others and others[0][1] == most else label
