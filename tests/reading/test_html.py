import sys

import pytest

from hedge.errors import HedgeError, MissingExtraError, ReadingError
from hedge.reading.html import read_html

MET = "The harbour board met on Tuesday evening and decided to keep the old quay open through the whole winter."
VOTE = "The vote was six to two, and nobody in the hall spoke against it for longer than a minute."


def page(article, title="Board keeps the quay", before="<!doctype html>"):
    return (
        f'{before}<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        '<nav><ul><li><a href="/">Front page</a></li><li><a href="/sport">Sport</a></li></ul></nav>'
        f"<main><article>{article}</article></main>"
        '<footer><p>All rights reserved. <a href="/cookies">Cookie settings</a></p></footer></body></html>'
    )


def read_blocks(source):
    text, blocks = read_html(source, "quay.html")
    return [("# " if block.heading else "") + text[block.start : block.end] for block in blocks]


@pytest.fixture(autouse=True)
def _extra():
    pytest.importorskip("trafilatura")


def test_headline_headings_and_paragraphs_come_in_order_without_menu_and_footer():
    article = f"<h1>Board keeps the quay</h1><p>{MET}</p><h2>How they voted</h2><p>{VOTE}</p>"
    assert read_blocks(page(article)) == ["# Board keeps the quay", MET, "# How they voted", VOTE]


def test_the_text_is_the_blocks_with_blank_lines_between():
    text, blocks = read_html(page(f"<h1>Board keeps the quay</h1><p>{MET}</p><p>{VOTE}</p>"), "quay.html")
    assert text == f"Board keeps the quay\n\n{MET}\n\n{VOTE}"
    assert [block.heading for block in blocks] == [True, False, False]


def test_the_title_of_the_page_is_the_headline_where_the_article_has_none():
    assert read_blocks(page(f"<p>{MET}</p><p>{VOTE}</p>")) == ["# Board keeps the quay", MET, VOTE]


def test_inline_markup_and_line_breaks_of_the_source_leave_single_spaces():
    article = (
        f"<h1>Board keeps the quay</h1><p>{MET}</p><p>The <b>vote</b>\n   was <i>six</i>\tto <a href='/x'>two</a>.</p>"
    )
    assert read_blocks(page(article))[-1] == "The vote was six to two."


def test_entities_are_read():
    article = (
        f"<h1>Board keeps the quay</h1><p>{MET}</p><p>Cox &amp; Sons said &ldquo;no&rdquo; to &pound;5 &lt; 6.</p>"
    )
    assert read_blocks(page(article))[-1] == "Cox & Sons said “no” to £5 < 6."


def test_list_items_are_paragraphs():
    article = f"<h1>Board keeps the quay</h1><p>{MET}</p><ul><li>Open the quay.</li><li>Shut the bridge.</li></ul>"
    assert read_blocks(page(article))[-2:] == ["Open the quay.", "Shut the bridge."]


def test_a_line_break_parts_words():
    article = f"<h1>Board keeps the quay</h1><p>{MET}</p><p>The quay is shut.<br>It was time, {VOTE}</p>"
    assert read_blocks(page(article))[-1].split()[3:6] == ["shut.", "It", "was"]


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        (
            f"<article><p>{MET}</p>Fog came. <br><br>It <i>stayed</i>.<p>{VOTE}</p>So it goes.</article>",
            [MET, "Fog came.", "It stayed.", VOTE, "So it goes."],
        ),
        (f"<article>{MET}<br><br>{VOTE}</article>", [MET, VOTE]),
        (MET, [MET]),
    ],
    ids=["between paragraphs", "article", "body"],
)
def test_text_that_no_element_holds_is_read_in_its_place(body, blocks):
    source = f"<!doctype html><html><head><title>Quay</title></head><body>{body}</body></html>"
    assert read_blocks(source) == ["# Quay", *blocks]


@pytest.mark.parametrize(
    ("article", "blocks"),
    [
        (f"<div>{MET}<blockquote>{VOTE}</blockquote>So it goes.</div>", [MET, VOTE, "So it goes."]),
        (f"<blockquote><p>{MET}</p><p>{VOTE}</p></blockquote>", [MET, VOTE]),
        (f"<div>{MET}<h2>How they voted</h2>{VOTE}</div>", [MET, "# How they voted", VOTE]),
        (f"<p>{MET}</p><ul><li>Open:<ul><li>the quay.</li></ul></li></ul>", [MET, "Open:", "the quay."]),
        (f"<p>{MET} They said <q cite='/x'>no</q>, <Q>never</Q>.</p>", [f"{MET} They said no, never."]),
    ],
    ids=["quotation in a block", "paragraphs in a quotation", "heading in a block", "lists", "quotation in a line"],
)
def test_a_block_inside_another_is_a_paragraph_of_its_own_once(article, blocks):
    assert read_blocks(page(article))[1:] == blocks


@pytest.mark.parametrize(
    ("article", "paragraphs"),
    [
        (f"Try <code>moor</code> again.<p>{VOTE}</p>", ["Try moor again.", VOTE]),
        (f"Then run <code>moor</code><p>{VOTE}</p>", ["Then run moor", VOTE]),
        (f"<code>moor</code> is to be run.<p>{VOTE}</p>", ["moor is to be run.", VOTE]),
        (f"Then run <code>moor</code> <code>now</code> or go.<p>{VOTE}</p>", ["Then run moor now or go.", VOTE]),
        (f"Then run <code>moor\nnow</code> or go.<p>{VOTE}</p>", ["Then run moor now or go.", VOTE]),
        ("<ul><li>Run <code>moor</code>.</li></ul>", ["Run moor."]),
        ("<pre>The sea,\n  the <code>C</code>!</pre>", ["The sea, the C!"]),
        ("<blockquote lang='fr'>La mer.</blockquote>", ["La mer."]),
    ],
    ids=["amid", "at the end", "at the start", "two", "over lines", "list", "poem", "foreign quotation"],
)
def test_code_in_a_sentence_is_read_with_it(article, paragraphs):
    assert read_blocks(page(f"<p>{MET}</p>{article}"))[1:] == [MET, *paragraphs]


CODE = "<pre><code>x = 1;\ny = 2;</code></pre>"


@pytest.mark.parametrize(
    ("article", "paragraphs"),
    [
        (f"{CODE}<p>{VOTE}</p>", [VOTE]),
        (f"Do this:{CODE}And so on it went.", ["Do this:", "And so on it went."]),
        (f"<ul><li>Do this:{CODE}</li><li>{CODE}</li><li>Go.</li></ul>", ["Do this:", "Go."]),
        (f"<ul><li>Do this:{CODE}then go.</li></ul>", ["Do this: then go."]),
        (f"<blockquote>{CODE}</blockquote>", []),
        ("<pre>\n<code>x = 1;</code>\n<code>y = 2;</code>\n</pre>", []),
    ],
    ids=["alone", "between words", "list", "in an item", "quotation", "line by line"],
)
def test_a_block_of_code_is_left_out_and_no_word_around_it(article, paragraphs):
    assert read_blocks(page(f"<p>{MET}</p>{article}"))[1:] == [MET, *paragraphs]


@pytest.mark.parametrize(
    "written",
    ["&#1;", "&#x0b;", "&#011", "&#31;", "&#X1F;", "&#xfffe;", "&#65535;", "\x01", "\x0b", "\x0c", "\ufffe"],
    ids=ascii,
)
def test_a_character_that_xml_has_no_place_for_is_a_space(written):
    article = f"<h1>Board keeps the quay</h1><p>{MET}</p><p>It is{written} shut:{written}so it goes.</p>"
    assert read_blocks(page(article))[-1] == "It is shut: so it goes."


@pytest.mark.parametrize(
    ("written", "character"), [("&#9;", " "), ("&#13;", " "), ("&#10;", " "), ("&#8212;", "—"), ("&#x1f6a2;", "🚢")]
)
def test_any_other_reference_is_the_character_it_stands_for(written, character):
    assert read_blocks(page(f"<h1>Board keeps the quay</h1><p>{MET}</p><p>Shut{written}so.</p>"))[-1] == (
        f"Shut{character}so."
    )


def test_an_xml_declaration_does_no_harm():
    source = page(f"<h1>Board keeps the quay</h1><p>{MET}</p>", before='<?xml version="1.0" encoding="utf-8"?>')
    assert read_blocks(source) == ["# Board keeps the quay", MET]


@pytest.mark.parametrize("source", ["", "<html><body></body></html>", "<!doctype html><p></p>", "\0", "{}"])
def test_a_page_without_an_article_is_refused(source):
    with pytest.raises(ReadingError, match="no article text found") as caught:
        read_html(source, "quay.html")
    assert caught.value.where == "quay.html"


@pytest.mark.parametrize("module", ["trafilatura", "lxml"])
def test_without_the_extra_it_is_named(monkeypatch, module):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=r"pip install -e '\.\[html\]'") as caught:
        read_html(page(f"<p>{MET}</p>"), "quay.html")
    assert isinstance(caught.value, HedgeError)
