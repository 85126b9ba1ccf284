from dataclasses import replace
from html.parser import HTMLParser

import pytest

from hedge.document import Document
from hedge.output import OutputOptions, render

VOID = {"meta", "br", "link", "img", "hr"}


class Page(HTMLParser):
    """A page taken apart; fails where an element is not closed in its turn."""

    def __init__(self, source):
        super().__init__()
        self.open, self.elements, self.texts = [], [], {}
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open:
            self.texts.setdefault(self.open[-1], []).append(data)

    def sentences(self):
        """Return class and title of the sentences of the text."""
        return [
            (attributes["class"], attributes["title"])
            for tag, attributes in self.elements
            if tag == "span" and "title" in attributes
        ]


def html(documents, **options):
    return "".join(render(documents, "html", OutputOptions(**options)))


def test_the_section_of_a_document(document):
    source = html([document])
    start, end = source.index("<section>"), source.index("</section>")
    assert source[start:end] == (
        '<section>\n<h1>quay.txt</h1>\n<div class="bar" aria-hidden="true"><i class="fact" style="width:25.00%"></i>'
        '<i class="report" style="width:25.00%"></i><i class="speculation" style="width:25.00%"></i>'
        '<i class="opinion" style="width:25.00%"></i></div>\n<div class="shares"><span>fact 25% (1)</span>'
        "<span>report 25% (1)</span><span>speculation 25% (1)</span><span>opinion 25% (1)</span></div>\n"
        '<h2><span class="s skip" title="skip 60% · fact 10% · report 10% · speculation 10% · opinion 10%">'
        "<b>·</b>Quay &amp; ferry</span></h2>\n"
        '<p><span class="s fact" title="fact 80% · report 5% · speculation 5% · opinion 5% · skip 5%">'
        "<b>F</b>It is &lt;shut&gt;.</span> "
        '<span class="s report" title="report 96% · fact 1% · speculation 1% · opinion 1% · skip 1%">'
        "<b>R</b>&quot;So be it,&quot; she said.</span></p>\n"
        '<p><span class="s speculation" title="speculation 40% · fact 15% · report 15% · opinion 15% · skip 15%">'
        "<b>S</b>It may open.</span> "
        '<span class="s opinion" title="opinion 72% · fact 7% · report 7% · speculation 7% · skip 7%">'
        "<b>O</b>A shame!</span></p>\n"
    )


def test_the_page_is_whole_and_loads_nothing(document, other, empty):
    source = html([document, other, empty])
    assert source.startswith('<!doctype html>\n<html lang="en">')
    assert source.endswith("</html>\n")
    page = Page(source)
    assert [tag for tag, _ in page.elements].count("section") == 3
    assert page.texts["h1"] == ["quay.txt", "text", "empty.txt"]
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in page.elements}
    assert "http" not in source


def test_a_page_without_documents_is_whole():
    assert "section" not in {tag for tag, _ in Page(html([])).elements}


def test_the_model_is_named(document):
    assert "Labelled by the model tiny of hedge." in html([document])
    assert "Labelled of hedge." in html([])


@pytest.mark.parametrize(
    "nasty", ["<script>alert(1)</script>", '"><img src=x>', "a & b &lt;", "'</span>'", "]]>", "<!--"]
)
def test_whatever_stands_in_text_id_and_model_is_text(other, nasty):
    sentence = replace(other.sentences[0], text=nasty, end=len(nasty))
    page = Page(html([Document(nasty, (sentence,), id=nasty, model=nasty)]))
    assert "".join(page.texts["h1"]) == nasty
    assert nasty in "".join(page.texts["span"])
    assert f"by the model {nasty} of hedge" in "".join(page.texts["footer"])
    assert not {"script", "img"} & {tag for tag, _ in page.elements}


def test_sentences_that_are_not_chosen_are_there_without_mark(document):
    page = Page(html([document], labels=frozenset({"fact", "opinion"})))
    assert [name for name, _ in page.sentences()] == ["s fact", "s opinion"]
    assert [attributes.get("class") for _, attributes in page.elements].count("hidden") == 3
    assert "It may open." in page.texts["span"]


def test_unsure_sentences_are_marked_so(document):
    source = html([document.with_min_confidence(0.5)])
    assert [name for name, _ in Page(source).sentences()][3] == "s unsure"
    assert "<b>?</b>It may open." in source
    assert "<span>unsure 25% (1)</span>" in source


def test_cues_and_source_are_marked(marked):
    source = html([marked])
    assert '<u class="hedge" title="leaves it open">may</u>' in source
    assert '<u class="source" title="who vouches">Ida &amp; Bo</u>' in source
    assert '<u class="attribution" title="hands it to somebody">said</u>' in source


def test_a_sentence_whose_end_was_not_read_says_so_if_it_is_shown(cut):
    source = html([cut])
    assert "<b>F</b>It shut, and shut. <i>(end not read)</i></span>" in source
    assert source.count("not read") == 1
    assert "not read" not in html([cut], labels=frozenset({"skip"}))
