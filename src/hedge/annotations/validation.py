"""What is wrong with an annotated corpus beyond what keeps it from loading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hedge.annotations.corpus import Corpus, places
from hedge.annotations.duplicates import near_duplicates
from hedge.annotations.records import AnnotatedSentence
from hedge.errors import AnnotationError
from hedge.labels import Label

__all__ = ["problems"]


def problems(folder: str | Path, texts: str | Path | None = None) -> Iterator[str]:
    """Yield what is wrong, each with file and line and without a word of the text.

    A record that cannot be loaded ends the search: mend it first.

    :param texts: As for :meth:`Corpus.load`; documents whose text is not there are not checked.
    """
    try:
        corpus = Corpus.load(folder, texts)
    except AnnotationError as error:
        yield str(error)
        return
    where = places(folder)
    for document in corpus.documents:
        for number, sentence in enumerate(document.sentences):
            for problem in _sentence_problems(sentence):
                yield f"{where[document.id][number]}: {problem}"
    for group in near_duplicates(corpus.documents):
        splits = {document.split for document in group}
        if len(splits) > 1:
            named = ", ".join(f"{document.id} ({document.split})" for document in group)
            yield f"{where[group[0].id][0]}: near-duplicates are in different splits: {named}"


def _sentence_problems(sentence: AnnotatedSentence) -> Iterator[str]:
    if sentence.text != sentence.text.strip():
        yield "the sentence begins or ends with white space"
    if sentence.cues and sentence.label in {Label.FACT, None}:
        yield f"a sentence that is {sentence.class_name} has a cue"
    if sentence.source and sentence.label is not Label.REPORT:
        yield f"a sentence that is {sentence.class_name} has a source"
    if len(set(sentence.cues)) < len(sentence.cues):
        yield "a cue is marked twice"
    for start, end in [*((cue.start, cue.end) for cue in sentence.cues), *filter(None, [sentence.source])]:
        words = sentence.text[start:end]
        if words != words.strip():
            yield f"the span {start}–{end} begins or ends with white space"
    chosen = {label for _, label in sentence.readings}
    if len(chosen) == 1 and sentence.class_name not in chosen and not sentence.reason:
        yield "all readings agree on another label, and no reason is given"
