"""What is wrong with an annotated corpus beyond what keeps it from loading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from hedge.annotations.corpus import Corpus, placed_sentences
from hedge.annotations.duplicates import near_duplicates
from hedge.annotations.records import AnnotatedSentence
from hedge.errors import AnnotationError
from hedge.labels import Label

__all__ = ["problems"]


def problems(
    folder: str | Path,
    texts: str | Path | None = None,
    *,
    on_unresolved: Callable[[tuple[str, ...]], None] | None = None,
) -> Iterator[str]:
    """Yield what is wrong, each with file and line and without a word of the text.

    A record that cannot be loaded ends the search: mend it first.

    :param texts: As for :meth:`Corpus.load`; of documents whose text is not there, the records alone are checked.
    :param on_unresolved: Called with the ids of those documents, if there are any.
    :raises HedgeError: if no text can be read at ``texts``; if an extra is missing.
    """
    try:
        corpus = Corpus.load(folder, texts)
    except AnnotationError as error:
        yield str(error)
        return
    if corpus.unresolved and on_unresolved:
        on_unresolved(corpus.unresolved)
    placed = placed_sentences(folder)
    for document in corpus.documents:
        places = (where for where, _ in placed[document.id])
        placed[document.id] = list(zip(places, document.sentences, strict=True))
    for sentences in placed.values():
        for where, sentence in sentences:
            for problem in _sentence_problems(sentence):
                yield f"{where}: {problem}"
    for group in near_duplicates(corpus.documents):
        splits = {document.split for document in group}
        if len(splits) > 1:
            named = ", ".join(f"{document.id} ({document.split})" for document in group)
            where, _ = placed[group[0].id][0]
            yield f"{where}: near-duplicates are in different splits: {named}"


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
