from itertools import pairwise

import pytest

from hedge.reading.markdown import read_markdown


def read_blocks(source):
    """Read a source and return what its blocks hold, without outer and repeated white space, headings marked."""
    text, blocks = read_markdown(source)
    return [("# " if block.heading else "") + " ".join(text[block.start : block.end].split()) for block in blocks]


EXAMPLES = {
    "paragraphs": ("The quay is shut.\n\nIt was time.\n", ["The quay is shut.", "It was time."]),
    "wrapped paragraph": ("The quay\nis shut.\n", ["The quay is shut."]),
    "headings": ("# Quay shut\n\n## For good ##\n\nIt was time.", ["# Quay shut", "# For good", "It was time."]),
    "setext headings": ("Quay shut\n=========\n\nFor good\n---\n\nYes.\n", ["# Quay shut", "# For good", "Yes."]),
    "emphasis": ("The *old* quay is **shut** for ***good***.", ["The old quay is shut for good ."]),
    "emphasis in a heading": ("# The *old* quay\n", ["# The old quay"]),
    "underscores in a word": ("The file snake_case_name is there.", ["The file snake_case_name is there."]),
    "link": ('The [harbour board](https://example.org/b "The board") met.', ["The harbour board met."]),
    "reference link": ("The [board][b] met.\n\n[b]: https://example.org/quay\n", ["The board met."]),
    "address in angle brackets": ("See <https://example.org/quay> now.", ["See https://example.org/quay now."]),
    "image": ("![A ship](ship.png) The quay is shut.", ["The quay is shut."]),
    "inline code": ("Run `make quay` now.", ["Run make quay now."]),
    "inline code over a line break": ("Run `make\nquay` now.", ["Run make quay now."]),
    "fenced code": ("Before.\n\n```python\nship = 1\n```\n\nAfter.\n", ["Before.", "After."]),
    "fence left open": ("Before.\n\n~~~\nship = 1\n", ["Before."]),
    "indented code": ("Before.\n\n    ship = 1\n\nAfter.\n", ["Before.", "After."]),
    "raw HTML block": ('<div class="x">\nShips\n</div>\n\nAfter.', ["After."]),
    "comment": ("<!-- to do -->\n\nAfter.", ["After."]),
    "bullets": ("- Open the quay.\n- Shut the bridge\n  for good.\n", ["Open the quay.", "Shut the bridge for good."]),
    "nested list": ("1. One\n   - Two\n2. Three\n", ["One", "Two", "Three"]),
    "block quote": ("> The quay\n> is shut.\n>\n> It was time.\n", ["The quay is shut.", "It was time."]),
    "block quote, lazy": ("> The quay\nis shut.\n", ["The quay is shut."]),
    "list in a block quote": ("> - The *old*\n>   quay\n", ["The old quay"]),
    "table": (
        "| Quay | State |\n|:-----|------:|\n| East | shut |\n| West | open |\n\nAfter.\n",
        ["Quay", "State", "East", "shut", "West", "open", "After."],
    ),
    "rule": ("Before.\n\n***\n\nAfter.\n", ["Before.", "After."]),
    "hard breaks": ("The quay  \nis\\\nshut.", ["The quay is shut."]),
    "front matter": ("---\ntitle: Quay shut\ntags: [a]\n---\nThe quay is shut.\n", ["The quay is shut."]),
    "front matter, ended by dots": ("---\ntitle: Quay\n...\n\n# Head\n", ["# Head"]),
    "front matter alone": ("---\ntitle: Quay\n---\n", []),
    "rule later on is no front matter": ("The quay is shut.\n\n---\n\nx: y\n\n---\n", ["The quay is shut.", "x: y"]),
    "ampersand and angle as they are": ("Cox & Sons, depth < 5 m.", ["Cox & Sons, depth < 5 m."]),
    "line separators": ("The quay\u2028is **shut**\x0btoo.\n\nYes.", ["The quay is shut too.", "Yes."]),
    "empty": ("", []),
    "white space": (" \n\n\t\n", []),
}


@pytest.mark.parametrize(("source", "expected"), EXAMPLES.values(), ids=EXAMPLES)
def test_prose_stays_and_markup_goes(source, expected):
    assert read_blocks(source) == expected


@pytest.mark.parametrize(("source", "expected"), EXAMPLES.values(), ids=EXAMPLES)
def test_carriage_returns_change_nothing(source, expected):
    assert read_blocks(source.replace("\n", "\r\n")) == expected


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("source", [source for source, _ in EXAMPLES.values()], ids=EXAMPLES)
def test_text_has_the_length_of_the_source_and_every_character_stands_where_it_stood(source, newline):
    source = source.replace("\n", newline)
    text, blocks = read_markdown(source)
    assert len(text) == len(source)
    assert all(kept in (" ", written) for kept, written in zip(text, source, strict=True))
    assert [c for c in text if c in "\r\n"] == [c for c in source if c in "\r\n"]
    assert all(0 <= block.start < block.end <= len(text) for block in blocks)
    assert all(first.end <= second.start for first, second in pairwise(blocks))
    covered = "".join(text[block.start : block.end] for block in blocks)
    assert "".join(covered.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("AT&amp;T shut the quay.", ["T shut the quay."]),
        ("The quay is shut &mdash; for good.", ["The quay is shut", "for good."]),
        ("Cox &#38; Sons left.", ["Cox", "Sons left."]),
        ("It costs 5\\* or 6\\_ at most.", ["It costs 5", "or 6", "at most."]),
        ("1986\\. A great year.", ["1986", "A great year."]),
        ("| Quay | State |\n|---|---|\n| East \\| West | shut |\n", ["East", "West", "shut"]),
    ],
    ids=["&amp;", "&mdash;", "number", "escapes", "escaped full stop", "escaped bar in a table"],
)
def test_words_beside_an_entity_or_an_escape_stay(source, words):
    text, blocks = read_markdown(source)
    assert len(text) == len(source)
    for word in words:
        place = source.index(word)
        assert text[place : place + len(word)] == word
        assert any(block.start <= place and place + len(word) <= block.end for block in blocks)


@pytest.mark.parametrize(
    ("source", "prose", "place"),
    [
        ('See <a href="Harbour">Harbour</a> now.', "Harbour", 22),
        ("Press <b>b</b> now.", "b", 9),
        ("![see the ship](x.png) the ship", "the ship", 23),
        ('[The board](x "at the end. So") the end.', "the end.", 32),
        ("```\nEast\n```\n\n| East | West |\n|---|---|\n", "East", 16),
        ("[east]: /east\n\neast side", "east", 15),
        ("Old quay <!-- is shut --> is shut", "is shut", 26),
    ],
    ids=["attribute", "tag", "image text", "link title", "code block", "link reference", "comment"],
)
def test_words_that_stand_in_markup_too_are_kept_where_they_are_prose(source, prose, place):
    assert source[place:].startswith(prose)
    text, _ = read_markdown(source)
    assert text[place : place + len(prose)] == prose
    assert text.count(prose) == 1
