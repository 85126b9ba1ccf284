"""Words of cues and sources to their places in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from hedge.annotations.records import CueSpan
from hedge.errors import AnnotationError
from hedge.labels import CueKind

__all__ = ["find_cues", "find_words"]


def find_words(sentence: str, words: str, taken: Iterable[tuple[int, int]] = ()) -> tuple[int, int]:
    """Return the first place of the words that is not taken: where they stand as whole words, else anywhere.

    White space of any kind and length counts as the same, as it may have been folded when the words were read.

    :raises AnnotationError: if there is no such place; the message does not quote the words.
    """
    pattern = r"\s+".join(map(re.escape, words.split()))
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    whole = [match.span() for match in re.finditer(before + pattern + after, sentence)]
    anywhere = [match.span() for match in re.finditer(pattern, sentence)]
    for place in whole + anywhere:
        if place not in taken and place[0] < place[1]:
            return place
    raise AnnotationError(
        f"{len(words)} characters of a cue or source are not in their sentence, or are named more often than they "
        "stand there; copy them exactly"
    )


def find_cues(sentence: str, cues: Iterable[Mapping[str, Any]]) -> tuple[CueSpan, ...]:
    """Return the cues, given by ``kind`` and ``text``, in the order in which they stand in their sentence.

    :raises AnnotationError: as :func:`find_words` does.
    """
    found: list[CueSpan] = []
    for cue in cues:
        place = find_words(sentence, cue["text"], [(other.start, other.end) for other in found])
        found.append(CueSpan(CueKind(cue["kind"]), *place))
    return tuple(sorted(found, key=lambda cue: (cue.start, cue.end)))
