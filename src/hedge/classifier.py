"""The classifier: texts in, labelled documents out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from hedge.answers import Answers, Marks
from hedge.calibration import probabilities
from hedge.document import Cue, Document, Sentence, Source
from hedge.labels import CLASSES, SKIP, Label
from hedge.models import DEFAULT_MODEL, Manifest, Model, find_model, load_model
from hedge.reading.article import Article
from hedge.segmentation import SegmentedText
from hedge.segmentation.sentences import segment_article

__all__ = ["Classifier", "load"]

DECIMALS = 6
"""To which probabilities are rounded, so that they still sum to one within 0.00001."""


class Classifier:
    """Labels every sentence of a text. It keeps no state between calls and may be shared between threads."""

    def __init__(self, model: Model, manifest: Manifest, name: str) -> None:
        """Use :func:`hedge.load` for a stored model.

        :param model: What gives the logits.
        :param manifest: What is known about it; its calibration is applied.
        :param name: Put down in every document.
        """
        self.model, self.manifest, self.name = model, manifest, name

    def classify(self, text: str | Article) -> Document:
        """Label one text.

        :param text: Any text, in its reading order, or an article from :func:`hedge.read`.
        :return: The document; empty if the text has no words.
        :raises TypeError: if it is neither.
        """
        return next(self.classify_many([_article(text, "the text")]))

    def classify_many(self, texts: Iterable[str | Article], *, ahead: bool | None = None) -> Iterator[Document]:
        """Label texts as a stream; documents come in the same order.

        The document for a text does not depend on the other texts.

        :param ahead: Whether a few texts may be taken before they are needed, which is quicker; if not, a document is
            there before the next text is asked for, as for texts that come in slowly. Unless told, this is so of a list
            or another sequence only.
        :raises TypeError: if the texts are a single one, or if one is no text: when its turn comes, or with ``ahead``
            a little before.
        """
        _check_several(texts, "texts")
        return self._stream(texts, ahead=isinstance(texts, Sequence) if ahead is None else ahead)

    def _stream(self, texts: Iterable[str | Article], *, ahead: bool) -> Iterator[Document]:
        waiting: deque[tuple[Article, SegmentedText]] = deque()

        def feed() -> Iterator[SegmentedText]:
            for number, text in enumerate(texts):
                article = _article(text, f"text {number}")
                segmented = segment_article(article)
                waiting.append((article, segmented))
                yield segmented

        for answers in self.model.answers(feed(), ahead=ahead):
            article, segmented = waiting.popleft()
            yield self.document(article, segmented, answers)

    def classify_sentences(self, sentences: Iterable[str]) -> Document:
        """Label consecutive sentences that are already split.

        :return: A document whose text is the sentences, joined by newlines, and which has a sentence for each.
        :raises TypeError: if they are a single string, or one is no string.
        :raises ValueError: if a sentence is empty or white space.
        """
        _check_several(sentences, "sentences")
        given = tuple(sentences)
        for number, sentence in enumerate(given):
            if not isinstance(sentence, str):
                raise TypeError(f"sentence {number} is of type {type(sentence).__name__}; pass a string")
            if not sentence.strip():
                raise ValueError(f"sentence {number} is empty")
        return self.classify(Article.from_sentences(given))

    def document(self, article: Article, segmented: SegmentedText, answers: Answers) -> Document:
        """Put what the model says of an article's sentences into a document."""
        calibration = (self.manifest.temperature, self.manifest.power)
        rows = probabilities(answers.logits, *calibration).round(DECIMALS).tolist()
        marks = answers.marks or (Marks(),) * len(rows)
        sentences = []
        for span, text, row, mark in zip(segmented.spans, segmented.sentences, rows, marks, strict=True):
            name = CLASSES[max(range(len(CLASSES)), key=row.__getitem__)]
            label = None if name == SKIP else Label(name)
            values = dict(zip(CLASSES, row, strict=True))
            cues = tuple(
                Cue(kind, text[start:end], span.start + start, span.start + end) for kind, start, end in mark.cues
            )
            sentences.append(
                Sentence(
                    *(text, span.start, span.end, label, values, span.paragraph, span.heading),
                    cues=cues,
                    source=_source(text, span.start, mark.source) if mark.source else None,
                    truncated=mark.truncated,
                )
            )
        return Document(segmented.text, tuple(sentences), id=article.id, model=self.name)


def _check_several(values: object, what: str) -> None:
    """Refuse a single text, whose letters would be taken for texts, and what cannot be gone through at all."""
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        raise TypeError(
            f"the {what} are of type {type(values).__name__}; pass a list of strings, or one text to classify; "
            "files are read by hedge.read"
        )


def _article(text: object, what: str) -> Article:
    if isinstance(text, Article):
        return text
    if isinstance(text, str):
        return Article(text)
    raise TypeError(
        f"{what} is of type {type(text).__name__}; pass a string or an Article; files are read by hedge.read"
    )


def _source(text: str, offset: int, bounds: tuple[int, int]) -> Source:
    start, end = bounds
    return Source(text[start:end], offset + start, offset + end)


def load(model: str | Path = DEFAULT_MODEL, *, threads: int | None = None) -> Classifier:
    """Load a classifier.

    :param model: The name of a model or the path of its folder; the default model unless given.
    :param threads: How many threads an encoder model may use; as many as the process may use cores unless given.
    :raises ModelError: if there is no such model, or its files are damaged.
    :raises ValueError: if ``threads`` is below 1.
    """
    if threads is not None and threads < 1:
        raise ValueError(f"threads is {threads}, but must be at least 1, or None for one for each core")
    loaded, manifest = load_model(model, threads)
    return Classifier(loaded, manifest, find_model(model).resolve().name)
