#!/usr/bin/env python3
"""Measure how well and how fast sentence splitters find the sentences of news texts.

    pip install sentencex nupunkt pysbd syntok blingfire spacy
    python benchmarks/segmentation.py --texts TEXTS [--data data/annotated] [--output results/segmentation.md]

TEXTS is a folder with the texts of the stand-off documents of the corpus. A splitter that is not installed is left out
and named. spaCy takes part with its rule-based ``sentencizer``, which needs no model.

A boundary is the offset of the last character of a sentence that is not white space. The splitters get each paragraph
by itself, ``hedge.segmentation.segment`` the whole text; the end of a paragraph is given and counts for nobody.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from importlib import import_module, metadata
from pathlib import Path

from environment import made_by
from hedge.annotations import Corpus
from hedge.annotations.corpus import DEFAULT_FOLDER
from hedge.segmentation import segment

OURS = "hedge"
WRITTEN = "written"
TIMINGS = 5
RANDOM_STRINGS = 2000
LONGEST_STRING = 60
SEED = 20261122
SURROGATES = "\ud800\udfff"
"""One of them stands in every tenth random string."""
ALPHABET = [
    *("abcAB19....!?…,:;\"'“”‘’«»()•–    \n\n\r\t" + "\u00a0\u202f\u2003\u200b\u200f\ufeff\u2028\x85\x00\x1c"),
    *("Dr.", "U.S.", "é", "e\u0301", "ß", "İ", "😀", "👩\u200d🚀", "🇪🇺", "ש", "ل", "。"),
]
ENOUGH = 50
"""With fewer boundaries than this, a precision of exactly 1 says nothing."""

Ends = Callable[[str], list[int]]


@dataclass(frozen=True)
class Splitter:
    """A way to split a text, as a function from the text to where its sentences end."""

    name: str
    version: str
    ends: Ends
    whole: bool = False
    """It finds paragraphs itself."""


@dataclass(frozen=True)
class Score:
    """How many boundaries were rightly found, found, and there to find; and how many of each inside quotations."""

    right: int = 0
    found: int = 0
    known: int = 0
    quoted_right: int = 0
    quoted_found: int = 0
    quoted_known: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*map(sum, zip(astuple(self), astuple(other), strict=True)))

    @property
    def precision(self) -> float:
        """1 if nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """1 if there was nothing to find."""
        return self.right / self.known if self.known else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.right / (self.found + self.known) if self.found + self.known else 1.0

    @property
    def errors(self) -> str:
        """The boundaries that were missed and those that were wrong."""
        return f"{self.known - self.right} + {self.found - self.right}"

    @property
    def rates(self) -> str:
        """Precision, recall and F1 in one cell."""
        return f"{self.precision:.3f} / {self.recall:.3f} / {self.f1:.3f}"


Scores = dict[str, dict[str, Score]]
"""By splitter and group of texts."""


@dataclass(frozen=True)
class Text:
    """A text whose sentences are known."""

    text: str
    sentence_ends: frozenset[int]
    group: str

    @property
    def paragraphs(self) -> list[tuple[int, int]]:
        """Start and end of each, from blank line to blank line."""
        breaks = [match.span() for match in re.finditer(r"\n\n", self.text)]
        edges = [0, *(edge for span in breaks for edge in span), len(self.text)]
        return list(zip(edges[::2], edges[1::2], strict=True))

    @property
    def boundaries(self) -> set[int]:
        """Those inside paragraphs."""
        return self.inside_paragraphs(self.sentence_ends)

    def inside_paragraphs(self, ends: Iterable[int]) -> set[int]:
        """Return the boundaries at these ends of sentences, without those that end a paragraph."""
        places = {len(self.text[:end].rstrip()) - 1 for end in ends}
        return places - {-1} - {end - 1 for _, end in self.paragraphs}

    def quoted(self, boundaries: Iterable[int]) -> set[int]:
        """Return those boundaries at which a quotation is open, as counted from the beginning of the paragraph."""
        before = {place: self.text[self.text.rfind("\n\n", 0, place) + 1 : place + 1] for place in boundaries}
        return {
            place
            for place, passage in before.items()
            if passage.count("“") > passage.count("”") or passage.count('"') % 2
        }


def _sentencex() -> Ends:
    module = import_module("sentencex")
    return lambda text: [found["end_index"] for found in module.get_sentence_boundaries("en", text)]


def _nupunkt() -> Ends:
    module = import_module("nupunkt")
    return lambda text: [end for _, end in module.sent_spans(text)]


def _pysbd() -> Ends:
    segmenter = import_module("pysbd").Segmenter(language="en", clean=False, char_span=True)
    return lambda text: [span.end for span in segmenter.segment(text)]


def _syntok() -> Ends:
    analyze = import_module("syntok.segmenter").analyze
    return lambda text: [
        sentence[-1].offset + len(sentence[-1].value) for paragraph in analyze(text) for sentence in paragraph
    ]


def _blingfire() -> Ends:
    module = import_module("blingfire")
    return lambda text: [end for _, end in module.text_to_sentences_and_offsets(text)[1]]


def _spacy() -> Ends:
    pipeline = import_module("spacy").blank("en")
    pipeline.add_pipe("sentencizer")
    return lambda text: [sentence.end_char for sentence in pipeline(text).sents]


BUILDERS: dict[str, Callable[[], Ends]] = {
    "sentencex": _sentencex,
    "nupunkt": _nupunkt,
    "pysbd": _pysbd,
    "syntok": _syntok,
    "blingfire": _blingfire,
    "spacy": _spacy,
}

# The sentences of each passage, by what is hard about them; all written for this file.
STRESS: dict[str, list[list[str]]] = {
    "said-verb after a quotation": [
        ['"Is the bridge safe?" asked the mayor.', "Nobody answered."],
        ['"Get out!" shouted a man at the back.', "The meeting went on without him."],
        ["“Who pays for this?” she asked.", "“Not us,” he said."],
        ["“How many beds are there?” the Guardian asked.", "The ward has nine."],
    ],
    "quotation of several sentences": [
        ['"The river rose in an hour.', 'We carried the children out," Ms. Aldous said.', "Nobody was hurt."],
        ["“It was a poor year.", "It was not our fault.", "We will do better,” the chairman wrote."],
        ["He was blunt: “The roof leaks.", "It has always leaked.”", "The council disagrees."],
        ['"We knew," said Ortega.', '"We told them twice.', 'They laughed."', "The company denies it."],
    ],
    "full stop inside the closing mark": [
        ['The court called the plan "unlawful."', "The ministry will appeal."],
        ["Her answer was “maybe.”", "His was “no.”"],
        ["(The survey was paid for by the industry.)", "Its authors say that changed nothing."],
    ],
    "single and nested quotes": [
        ["‘We have no comment,’ a spokesman said.", "‘Ask the owners.’", "The owners could not be reached."],
        ["“He told me, ‘Sell everything.’", "So I did,” Pryce recalled.", "She regrets it."],
        ["The workers' union signed.", "The drivers' did not."],
    ],
    "quotation after a colon": [
        ['The note said: "Closed until Monday."', "It was Thursday."],
        ["The minister said: “There is no shortage.", "There will be none.”"],
    ],
    "titles": [
        ["Dr. Hale met Prof. Iyer and Mrs. Bloom on Friday.", "Gen. Ruiz was absent."],
        ["The letter is from Sen. Kofi Adjei and Rep. Lund.", "Gov. Marsh signed it."],
        ["It was sent to Martin Bell Jr. on Monday.", "Bell Jr. died in May."],
    ],
    "states and firms": [
        ["The U.S. Treasury and the U.K. embassy declined to comment.", "Both had known."],
        ["She moved back to the U.S.", "Her brother stayed in Lyon."],
        ["Acme Inc. bought Borel Ltd. in March.", "The price paid by Acme Corp. was not disclosed."],
        ["The shares belong to Vesta Co.", "They were bought in 2019."],
    ],
    "times and dates": [
        ["The blast came at 4:15 p.m. on Tuesday.", "Police arrived at 4.40 p.m.", "They found nobody."],
        ["Trading opens on Jan. 5 and ends on Sept. 30.", "The rules change in Dec.", "Few have noticed."],
        ["The train leaves at 6 a.m.", "Passengers should be early."],
    ],
    "other abbreviations": [
        ["It is the No. 2 supplier, i.e. behind Ota.", "See fig. 3 and vol. 2, pp. 10–12."],
        ["Smith v. Jones was settled, cf. the note of Nov. 3.", "Fees, taxes, etc. are not included."],
        ["They sell paint, nails, glue, etc.", "Prices start at two euros."],
        ["The shop is near St. Mary's on Mt. Pleasant Ave. in Harle.", "It is open all night."],
    ],
    "initials": [
        ["J. R. R. Okoye and W.E.B. Stone wrote the report.", "It has 90 pages."],
        ["George W. Penn won in district C.", "Turnout was low."],
        ["The suspect, known as Mr. K., was freed.", "His brother was not."],
    ],
    "numbers and money": [
        ["Prices rose 3.5 percent to $1.25 a litre.", "In 2024 they had fallen by .5 percent."],
        ["The fine is $4.5bn.", "The firm earned €12.3 million in 2023.", "4,000 people work there."],
        ["Version 2.0.1 costs £3.", "The old one was free."],
    ],
    "ellipses": [
        ["He waited ... and waited.", "Then he left."],
        ["“I thought…", "I do not know what I thought,” she said."],
        ["The list goes on...", "Nobody has read it."],
    ],
    "exclamation and question marks": [
        ["Shares in Yahoo! fell again.", "Who will buy it?!", "A fund might."],
        ["Why now?", "Why here?", "The council will not say."],
    ],
    "addresses": [
        ["Go to www.example.org/a.b?c=d or write to j.doe@example.co.uk.", "Replies are slow."],
        ["The source is https://example.com/2024/01/report.pdf.", "The site is offline."],
        ["Node.js and Booking.com are fine.", "iPhone sales are not."],
    ],
    "list, a line for each item": [
        ["• Fares rise by 4 percent.", "• Night trains end in May.", "• Dogs travel free."],
        ["1. The state pays.", "2. The city builds.", "3. Nobody complains."],
        ["- Opening hours", "- Prices of tickets", "- How to get there"],
    ],
    "no space after the full stop": [
        ["The talks failed on Sunday.", "Both sides blamed each other.", "A new date is not set."],
        ["“It is over.”", "She left at noon."],
    ],
}
JOINED_BY = {"list, a line for each item": "\n", "no space after the full stop": ""}


def main() -> None:
    """Run the benchmark and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DEFAULT_FOLDER, help="folder of the annotated corpus")
    parser.add_argument("--texts", type=Path, help="folder with the texts of its stand-off documents")
    parser.add_argument("--output", type=Path, default=Path("results/segmentation.md"), help="the table")
    arguments = parser.parse_args()
    corpus = Corpus.load(arguments.data, arguments.texts)
    splitters, missing = installed()
    texts = corpus_texts(corpus)
    with _silenced_stderr():
        scores = {splitter.name: score(splitter, texts) for splitter in splitters}
        stress = {splitter.name: score(splitter, stress_texts()) for splitter in splitters}
        falls = {splitter.name: robustness(splitter) for splitter in splitters}
        speeds = measure_speeds(splitters, texts)
    sections = [
        _provenance(corpus, splitters, missing),
        _overview(splitters, scores, stress, falls, speeds),
        _real_sources(scores),
        _stress_kinds(stress),
        _conclusions(scores, stress, falls, speeds),
    ]
    text = "\n\n".join("\n".join(section) for section in sections) + "\n"
    arguments.output.write_text(text, encoding="utf-8", newline="\n")


def installed() -> tuple[list[Splitter], list[str]]:
    """Return the splitters that are installed, ours last, and the names of those that are not."""
    built = {name: _built(name) for name in BUILDERS}
    ours = Splitter(OURS, "this revision", lambda text: [span.end for span in segment(text)], whole=True)
    return [*filter(None, built.values()), ours], [name for name, splitter in built.items() if splitter is None]


def corpus_texts(corpus: Corpus) -> list[Text]:
    """Return the documents of the corpus as running text, grouped by origin or, if real, by who published them."""
    return [
        _text(
            document.running_text,
            [sentence.text for sentence in document.sentences],
            WRITTEN if document.origin == WRITTEN else document.source,
        )
        for document in corpus.documents
    ]


def stress_texts() -> list[Text]:
    """Return the passages of the stress set, each grouped under what is hard about it."""
    return [
        _text(JOINED_BY.get(kind, " ").join(passage), passage, kind)
        for kind, passages in STRESS.items()
        for passage in passages
    ]


def attempt(splitter: Splitter, text: str) -> list[int] | None:
    """Return where the sentences end, or ``None`` if the splitter fails; a Rust panic is no ``Exception``."""
    try:
        return splitter.ends(text)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        return None


def score(splitter: Splitter, texts: Sequence[Text]) -> dict[str, Score]:
    """Count the boundaries in each group of texts. Where a splitter fails, it finds none."""
    scores: dict[str, Score] = defaultdict(Score)
    for text in texts:
        pieces = [(0, len(text.text))] if splitter.whole else text.paragraphs
        found = text.inside_paragraphs(
            start + place for start, end in pieces for place in attempt(splitter, text.text[start:end]) or []
        )
        sets = (found & text.boundaries, found, text.boundaries)
        scores[text.group] += Score(*map(len, sets), *(len(text.quoted(places)) for places in sets))
    return dict(scores)


def robustness(splitter: Splitter) -> tuple[int, int, int]:
    """Count failures on random strings with lone surrogates and on others, and offsets out of order or range."""
    failures, misplaced = [0, 0], 0
    for text in _random_strings():
        ends = attempt(splitter, text)
        if ends is None:
            failures[not _has_surrogate(text)] += 1
        elif ends != sorted(ends) or any(not 0 <= end <= len(text) for end in ends):
            misplaced += 1
    return failures[0], failures[1], misplaced


def measure_speeds(splitters: Sequence[Splitter], texts: Sequence[Text]) -> dict[str, float]:
    """Return characters per second, the median of several rounds in which the splitters take turns."""
    paragraphs = [text.text[start:end] for text in texts for start, end in text.paragraphs]
    speeds = defaultdict(list)
    for _ in range(TIMINGS):
        for splitter in splitters:
            passages = [text.text for text in texts] if splitter.whole else paragraphs
            if splitter.name == "nupunkt":  # it remembers what it decided in the round before
                import_module("nupunkt").load("default").clear_decision_cache()
            begin = time.perf_counter()
            for passage in passages:
                attempt(splitter, passage)
            speeds[splitter.name].append(sum(map(len, passages)) / (time.perf_counter() - begin))
    return {name: statistics.median(values) for name, values in speeds.items()}


def _built(name: str) -> Splitter | None:
    try:
        return Splitter(name, metadata.version(name), BUILDERS[name]())
    except ImportError:  # a package without metadata is one too
        return None


def _provenance(corpus: Corpus, splitters: Sequence[Splitter], missing: Sequence[str]) -> list[str]:
    without = f" Not installed and left out: {', '.join(missing)}." if missing else ""
    unresolved = f" Without {len(corpus.unresolved)} documents whose text was not there." if corpus.unresolved else ""
    libraries = (splitter.name for splitter in splitters if splitter.name != OURS)
    return [
        "# Sentence boundaries",
        "",
        made_by("benchmarks/segmentation.py", corpus, *libraries).strip() + without + unresolved,
    ]


def _overview(
    splitters: Sequence[Splitter],
    scores: Scores,
    stress: Scores,
    falls: dict[str, tuple[int, int, int]],
    speeds: dict[str, float],
) -> list[str]:
    known = scores[OURS][WRITTEN]
    hard = _total(stress[OURS])
    with_surrogate = sum(map(_has_surrogate, _random_strings()))
    rows = []
    for splitter in splitters:
        name, on_written, on_stress = (
            splitter.name,
            scores[splitter.name][WRITTEN],
            _total(stress[splitter.name]),
        )
        rows.append(
            [
                name,
                *(f"{rate:.3f}" for rate in (on_written.precision, on_written.recall, on_written.f1)),
                on_written.errors,
                f"{on_written.quoted_right} of {on_written.quoted_known}",
                on_stress.rates,
                f"{speeds[name]:,.0f}",
                f"{falls[name][0]} + {falls[name][1]}",
                str(falls[name][2]),
            ]
        )
    header = ["splitter", "precision", "recall", "F1", "missed + wrong", "quoted"]
    header += ["stress set", "speed", "crashes", "misplaced"]
    return [
        "## Documents split by hand",
        "",
        f"The documents written for this project ({known.known} boundaries inside paragraphs) were split as they were "
        "written: the fair comparison, on which the choice rests. *Quoted*: boundaries found where a quotation is "
        f"open. *Stress set*: {sum(map(len, STRESS.values()))} short passages of hard cases ({hard.known} boundaries) "
        "made for this benchmark; precision / recall / F1. "
        f"*Speed*: characters per second over all documents, the median of {TIMINGS} rounds (nupunkt's "
        "memory of its decisions is emptied before each). *Crashes*: on "
        f"{with_surrogate} random strings with a lone surrogate + on {RANDOM_STRINGS - with_surrogate} others "
        "(no-break and zero-width spaces, NUL, emoji, right-to-left letters, newlines, quotes); *misplaced*: of the "
        "rest, those with offsets out of order or range.",
        "",
        *_table(header, rows),
    ]


def _real_sources(scores: Scores) -> list[str]:
    rows = [
        [
            source,
            str(known.known),
            str(known.quoted_known),
            ", ".join(_faultless(scores, source)) or ("none" if known.known >= ENOUGH else "too few to tell"),
            *(scores[name][source].rates for name in scores),
        ]
        for source, known in scores[OURS].items()
        if source != WRITTEN
    ]
    return [
        "## Published documents, by source",
        "",
        "**Not evidence in favour of sentencex**: most of these documents were, by all signs, split by it before they "
        "were annotated (see the conclusions), and those of Wikipedia are one item each, however many "
        "sentences it has. *Quoted*: boundaries where a quotation is open. Each cell: precision / recall / F1. "
        "*Precision of 1*: the splitters that set no boundary which the annotation lacks, on a source with at least "
        f"{ENOUGH}.",
        "",
        *_table(["source", "boundaries", "quoted", "precision of 1", *scores], rows),
    ]


def _stress_kinds(stress: Scores) -> list[str]:
    rows = [[kind, str(stress[OURS][kind].known), *(stress[name][kind].errors for name in stress)] for kind in STRESS]
    return [
        "## Stress set, by kind: missed + wrong",
        "",
        *_table(["kind", "boundaries", *stress], rows),
    ]


def _conclusions(
    scores: Scores, stress: Scores, falls: dict[str, tuple[int, int, int]], speeds: dict[str, float]
) -> list[str]:
    by_hand = {name: groups[WRITTEN] for name, groups in scores.items()}
    best = max((name for name in scores if name != OURS), key=lambda name: by_hand[name].f1)
    hard = {name: _total(groups).f1 for name, groups in stress.items()}
    ranking = ", ".join(f"{name} {hard[name]:.3f}" for name in sorted(hard, key=lambda name: -hard[name]))
    steady = ", ".join(name for name, counts in falls.items() if not any(counts))
    quoted = ", ".join(f"{name} finds {score.quoted_right}" for name, score in by_hand.items())
    return [
        "## Conclusions",
        "",
        f"- Split by hand: the best of the other splitters is {best}, with F1 {by_hand[best].f1:.4f} (missed + wrong: "
        f"{by_hand[best].errors} of {by_hand[best].known}); `{OURS}` has {by_hand[OURS].f1:.4f} "
        f"({by_hand[OURS].errors}) at {speeds[OURS] / speeds[best]:.1f} times its speed. Differences of a few "
        f"boundaries decide nothing.",
        "- By hand, quotations of several sentences were divided: of "
        f"{by_hand[OURS].quoted_known} such boundaries {quoted}.",
        *_signs_of_splitting(scores),
        f"- Stress set, F1: {ranking}.",
        f"- Without a crash or a misplaced offset on the random strings: {steady or 'none'}.",
    ]


def _signs_of_splitting(scores: Scores) -> list[str]:
    """Say which splitter the published documents agree with too well."""
    known = {source: score for source, score in scores[OURS].items() if source != WRITTEN and score.known >= ENOUGH}
    if not known:
        return []
    others = [name for name in scores if name != OURS]
    faultless = {name: sum(name in _faultless(scores, source) for source in known) for name in others}
    first = max(others, key=lambda name: faultless[name])
    real = {name: _total({source: scores[name][source] for source in known}) for name in others}
    counts = ", ".join(f"{name} on {faultless[name]}" for name in others if name != first)
    wrong = ", ".join(
        f"{name} {score.quoted_found - score.quoted_right} of {score.found - score.right}"
        for name, score in real.items()
    )
    undivided = sum(not score.quoted_known for score in known.values())
    return [
        f"- Published: of the {len(known)} sources with at least {ENOUGH} boundaries, {first} has a precision of "
        f"exactly 1 on {faultless[first]} ({counts}), though {scores[first][WRITTEN].precision:.4f} on the documents "
        f"split by hand. One such source proves nothing; together they show that {first} very probably split these "
        "documents before they were annotated. Those rows measure likeness to it, and speak neither for it nor "
        "against the rest.",
        f"- Published: in {undivided} of those {len(known)} sources no quotation is divided. Of the boundaries "
        f"counted as wrong there, a quotation is open at: {wrong}.",
    ]


def _faultless(scores: Scores, source: str) -> list[str]:
    """Return the splitters with a precision of exactly 1 on a source that is large enough to tell."""
    if scores[OURS][source].known < ENOUGH:
        return []
    return [name for name in scores if name != OURS and scores[name][source].right == scores[name][source].found]


def _total(groups: dict[str, Score]) -> Score:
    return sum(groups.values(), Score())


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [header, ["---"] * len(header), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]


def _text(running: str, sentences: Sequence[str], group: str) -> Text:
    ends, position = set(), 0
    for sentence in sentences:
        position = running.index(sentence, position) + len(sentence)
        ends.add(position)
    return Text(running, frozenset(ends), group)


def _random_strings() -> Iterator[str]:
    generator = random.Random(SEED)  # noqa: S311
    for number in range(RANDOM_STRINGS):
        characters = generator.choices(ALPHABET, k=generator.randint(1, LONGEST_STRING))
        if number % 10 == 0:
            characters[generator.randrange(len(characters))] = generator.choice(SURROGATES)
        yield "".join(characters)


def _has_surrogate(text: str) -> bool:
    return any(mark in text for mark in SURROGATES)


@contextmanager
def _silenced_stderr() -> Iterator[None]:
    """Send file descriptor 2 to nowhere: a Rust panic writes its trace there, past ``sys.stderr``."""
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


if __name__ == "__main__":
    main()
