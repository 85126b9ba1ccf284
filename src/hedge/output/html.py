"""One self-contained page: the text tinted by label, letters as marks, probabilities on hover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files

from hedge.document import Document, Sentence
from hedge.labels import CLASSES, SKIP, SOURCE, CueKind, Label
from hedge.output import OutputOptions
from hedge.output.paragraphs import CUT, MARKS, paragraphs, pieces, shares, single_spaced

__all__ = ["render"]

MEANINGS = {
    Label.FACT.value: "the writer’s own word, given as settled",
    Label.REPORT.value: "somebody else’s word",
    Label.SPECULATION.value: "left open: nobody’s word yet",
    Label.OPINION.value: "the writer’s judgement",
    SKIP: "states nothing",
}

NAMES = {
    CueKind.ATTRIBUTION.value: "hands it to somebody",
    CueKind.HEDGE.value: "leaves it open",
    CueKind.EVALUATION.value: "judges",
    SOURCE: "who vouches",
}


def render(documents: Iterable[Document], options: OutputOptions) -> Iterator[str]:
    """Yield the head of the page, a section for each document, and the foot."""
    style = files("hedge.output").joinpath("page.css").read_text(encoding="utf-8")
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>On whose word, and how firmly</title>\n<style>\n{style}</style>\n</head>\n<body>\n{_legend()}"
    )
    model = None
    for document in documents:
        model = document.model
        yield _section(document, options)
    made_by = f" by the model {escape(model)}" if model else ""
    yield (
        f"<footer>Labelled{made_by} of hedge. “Fact” means given as settled by the writer, not true. "
        "Hold the pointer over a sentence for its probabilities.</footer>\n</body>\n</html>\n"
    )


def _legend() -> str:
    items = (
        f'<span><span class="s {name}"><b>{MARKS[name]}</b>{name}</span> {meaning}</span>'
        for name, meaning in MEANINGS.items()
    )
    return f'<div class="legend">{"".join(items)}</div>\n'


def _section(document: Document, options: OutputOptions) -> str:
    values = shares(document)
    bar = "".join(f'<i class="{name}" style="width:{share:.2%}"></i>' for name, _, share in values)
    legend = "".join(f"<span>{name} {share:.0%} ({count})</span>" for name, count, share in values)
    body = "".join(_paragraph(sentences, options) for sentences in paragraphs(document))
    name = escape(document.id or "text")
    return (
        f'<section>\n<h1>{name}</h1>\n<div class="bar" aria-hidden="true">{bar}</div>\n'
        f'<div class="shares">{legend}</div>\n{body}</section>\n'
    )


def _paragraph(sentences: list[Sentence], options: OutputOptions) -> str:
    element = "h2" if sentences[0].heading else "p"
    return f"<{element}>{' '.join(_sentence(sentence, options) for sentence in sentences)}</{element}>\n"


def _sentence(sentence: Sentence, options: OutputOptions) -> str:
    if not options.shows(sentence):
        return f'<span class="hidden">{escape(single_spaced(sentence))}</span>'
    name = sentence.shown_label
    ranked = sorted(CLASSES, key=lambda c: -sentence.probabilities[c])
    hover = " · ".join(f"{c} {sentence.probabilities[c]:.0%}" for c in ranked)
    text = "".join(_piece(words, mark) for words, mark in pieces(sentence))
    cut = f" <i>{CUT}</i>" if sentence.truncated else ""
    return f'<span class="s {name}" title="{hover}"><b>{MARKS[name]}</b>{text}{cut}</span>'


def _piece(words: str, mark: str | None) -> str:
    return f'<u class="{mark}" title="{NAMES[mark]}">{escape(words)}</u>' if mark else escape(words)
