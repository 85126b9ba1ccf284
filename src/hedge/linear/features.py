"""The linear model's features: of a sentence, of its neighbours and of its document, as tokens in blocks.

Training and prediction both call :func:`document_features`; a block is weighted by TF-IDF apart from the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from hedge.linear.lexicon import GROUPS_OF
from hedge.segmentation import SegmentedText
from hedge.segmentation.quotation import QuotationState, quotation_states

__all__ = ["BLOCKS", "document_features"]

BLOCKS: dict[str, float] = {
    "words": 1.0,  # word n-grams
    "characters": 1.0,  # character n-grams within words
    "voice": 1.0,  # word n-grams outside quotation marks: the writer's own
    "cues": 1.0,  # groups of the lexicon
    "neighbours": 0.5,  # the same of the sentences before and after
    "state": 0.5,  # quotation state, position, heading, punctuation; of the neighbours too
    "document": 0.5,  # how often each group occurs over the whole document
}
"""Each block's weight in the feature vector, chosen on validation text."""

WORD_NGRAMS = (1, 3)
CHARACTER_NGRAMS = (2, 5)
DOCUMENT_GROUPS = ("say", "first_person", "second_person", "evaluation", "hedge", "advice", "date")

_TOKEN = re.compile(r"\w+(?:'\w+)*|[^\w\s]")

Features = dict[str, list[str]]


def document_features(segmented: SegmentedText) -> Iterator[Features]:
    """Yield, for each sentence, the tokens of each block."""
    sentences = segmented.sentences
    if not sentences:
        return
    states = list(quotation_states(segmented))
    words = [_words(sentence) for sentence in sentences]
    voices = [_words(state.outside) for state in states]
    cues = [_cues(voice, all_words) for voice, all_words in zip(voices, words, strict=True)]
    document = _document(voices)
    last = len(sentences) - 1
    for i, sentence in enumerate(sentences):
        before = [f"before {cue}" for cue in cues[i - 1].counts] if i else []
        after = [f"after {cue}" for cue in cues[i + 1].counts] if i < last else []
        yield {
            "words": _ngrams(words[i]),
            "characters": _character_ngrams(sentence),
            "voice": _ngrams(voices[i]),
            "cues": cues[i].counts + cues[i].order,
            "neighbours": before + after,
            "state": [*_state(segmented, states, i), *_place(i, len(sentences), words[i], sentence)],
            "document": document,
        }


class _Cues(NamedTuple):
    """The lexicon groups of a sentence: how often each stands in it, and in what order."""

    counts: list[str]
    order: list[str]


def _cues(voice: list[str], all_words: list[str]) -> _Cues:
    counts: list[str] = []
    sequence = [group for word in voice for group in GROUPS_OF.get(word, ())]
    for place, groups in (("voice", sequence), ("all", [g for word in all_words for g in GROUPS_OF.get(word, ())])):
        for group, count in Counter(groups).items():
            counts += [f"{place}:{group}"] + [f"{place}:{group} twice"] * (count > 1)
    order = [f"{first}>{second}" for first, second in pairwise(sequence)]
    order += [f"{first}&{second}" for first, second in combinations(sorted(set(sequence)), 2)]
    if sequence:
        order += [f"first:{sequence[0]}", f"last:{sequence[-1]}"]
    return _Cues(counts, order)


def _document(voices: list[list[str]]) -> list[str]:
    """Say in quarters in how many of the sentences each group occurs."""
    present = Counter(group for voice in voices for group in {g for word in voice for g in GROUPS_OF.get(word, ())})
    return [f"{group} {4 * present[group] // len(voices)}" for group in DOCUMENT_GROUPS]


def _state(segmented: SegmentedText, states: list[QuotationState], i: int) -> Iterator[str]:
    for name, j in (("own", i), ("before", i - 1), ("after", i + 1)):
        if not 0 <= j < len(states):
            yield f"{name} none"
            continue
        state, span = states[j], segmented.spans[j]
        first, last = segmented.text[span.start], segmented.text[span.end - 1]
        yield f"{name} quotation {state.opens_inside:d}{state.ends_inside:d}"
        yield f"{name} quoted {min(3, int(state.quoted * 4))}"
        yield f"{name} begins {'' if first.isalnum() else first}"
        yield f"{name} ends {last}"
        if span.heading:
            yield f"{name} heading"


def _place(i: int, sentences: int, words: list[str], sentence: str) -> Iterator[str]:
    yield f"position {min(i, 3)}"
    yield f"quarter {4 * i // sentences}"
    yield f"length {min(6, (len(words) + 1) // 8)}"
    if sentence.isupper():
        yield "capitals"


def _words(sentence: str) -> list[str]:
    """Split into lower-case words and marks; numbers are all the same."""
    tokens = _TOKEN.findall(sentence.lower().replace("’", "'"))
    return ["<s>", *("0" if token[0].isdigit() else token for token in tokens), "</s>"]


def _ngrams(words: list[str]) -> list[str]:
    low, high = WORD_NGRAMS
    return [" ".join(words[i : i + n]) for n in range(low, high + 1) for i in range(len(words) - n + 1)]


def _character_ngrams(sentence: str) -> list[str]:
    words = sentence.lower().replace("’", "'").split()
    return [ngram for word in words for ngram in _word_ngrams(word)]


@lru_cache(maxsize=8192)  # a text repeats most of its words, and its n-grams are most of the work
def _word_ngrams(word: str) -> tuple[str, ...]:
    low, high = CHARACTER_NGRAMS
    padded = f" {word} "
    return tuple(padded[i : i + n] for n in range(low, high + 1) for i in range(len(padded) - n + 1))
