import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hedge.reading.article import Article, Block
from hedge.segmentation import SegmentedText, Span, segment
from hedge.segmentation.sentences import segment_article

PIECES = [
    *(
        "The quay is shut",
        "Dr",
        "U.S",
        "1.5",
        "e.g",
        "No",
        "a",
        "–",
        "...",
        "…",
        ". ",
        "! ",
        "? ",
        ": ",
        ".",
        "\n",
        "\n\n",
    ),
    *(
        "\r\n",
        "\r",
        "\t",
        "\v",
        "\f",
        "\x1c",
        "\x85",
        "\u2028",
        "\u2029",
        "\u00a0",
        "\u202f",
        "\u3000",
        "\u200b",
        "\u200d",
    ),
    *(
        "\ufeff",
        "\x00",
        "\x1b",
        "\x7f",
        "\ud83d",
        "\udea2",
        "🚢",
        "👩‍✈️",
        "é",
        "e\u0301",
        "İ",
        "ß",
        "مرحبا. ",
        "שלום",
        "\u202e",
    ),
    *("“", "”", '"', "‘", "’", "'", "«", "»", "(", ")", "[1]", "- ", "• ", "1. ", "# ", "。", "！", "\U0010ffff"),
]
any_text = st.one_of(
    st.text(st.characters()), st.lists(st.one_of(st.sampled_from(PIECES), st.characters()), max_size=40).map("".join)
)


def sentences(text, blocks=None):
    return [text[span.start : span.end] for span in segment(text, blocks)]


EXAMPLES = {
    "two sentences": ("The quay is shut. It was time.", ["The quay is shut.", "It was time."]),
    "question and exclamation": ("Is it shut? Yes! It is.", ["Is it shut?", "Yes!", "It is."]),
    "titles": (
        "Dr. Moss met Mr. Hart and Mrs. Lind. They spoke.",
        ["Dr. Moss met Mr. Hart and Mrs. Lind.", "They spoke."],
    ),
    "initials": ("The poet J. P. Hart was there. He left.", ["The poet J. P. Hart was there.", "He left."]),
    "time of day": ("It opens at 5 p.m. on Friday. Go.", ["It opens at 5 p.m. on Friday.", "Go."]),
    "country": ("The U.S. Senate voted. It passed.", ["The U.S. Senate voted.", "It passed."]),
    "decimals": ("It fell to 3.5 percent. It rose by 1.25.", ["It fell to 3.5 percent.", "It rose by 1.25."]),
    "money": ("It cost £1.2m. Nobody paid.", ["It cost £1.2m.", "Nobody paid."]),
    "ellipsis inside": ("Well... maybe it will. Perhaps.", ["Well... maybe it will.", "Perhaps."]),
    "ellipsis character inside": ("Well… maybe it will. Perhaps.", ["Well… maybe it will.", "Perhaps."]),
    "quotation before said": ("“We never will,” she said. He left.", ["“We never will,” she said.", "He left."]),
    "question before said": ('"Will it last?" she asked. "No."', ['"Will it last?" she asked.', '"No."']),
    "said: before a quotation": (
        'He said: "The bridge is shut." Nobody answered.',
        ['He said: "The bridge is shut."', "Nobody answered."],
    ),
    "end inside quotation marks": ("She called it “a shame.” He left.", ["She called it “a shame.”", "He left."]),
    "quotation of two sentences": (
        "“It shut. It was time,” she said. He left.",
        ["“It shut. It was time,” she said.", "He left."],
    ),
    "straight quotation of two sentences": (
        'She said: "It shut. It was time." He left.',
        ['She said: "It shut. It was time."', "He left."],
    ),
    "quotation over paragraphs": (
        "“It shut. We left.\n\n“It was time. So be it.”",
        ["“It shut.", "We left.", "“It was time. So be it.”"],
    ),
    "quotation that stays open": ("“No,” she said. “The quay is shut.", ["“No,” she said.", "“The quay is shut."]),
    "straight quotation that stays open": ('"No," he said. "It is shut.', ['"No," he said.', '"It is shut.']),
    "newline between": ("It is shut.\nIt was time.", ["It is shut.", "It was time."]),
    "carriage returns": ("One is shut.\r\n\r\nTwo is. Three too.\r\n", ["One is shut.", "Two is.", "Three too."]),
    "no-break spaces": ("It is shut.\u00a0It was time.", ["It is shut.", "It was time."]),
    "beyond the basic plane": ("A 🚢 came. 𝕏 was shut. It left.", ["A 🚢 came.", "𝕏 was shut.", "It left."]),
    "number of an item": ("1. The plan failed.", ["1. The plan failed."]),
    "no full stop": ("the quay", ["the quay"]),
    "marks alone": ("?!", ["?!"]),
    "empty": ("", []),
    "white space": (" \n\t\u00a0\n ", []),
}


@pytest.mark.parametrize(("text", "expected"), EXAMPLES.values(), ids=EXAMPLES)
def test_sentences(text, expected):
    assert sentences(text) == expected


def test_paragraphs_are_numbered_and_headings_flagged():
    text = "Quay shut\n\nIt is shut. It was time.\n\nSo be it."
    assert segment(text) == [
        Span(0, 9, 0, heading=True),
        Span(11, 22, 1),
        Span(23, 35, 1),
        Span(37, 46, 2),
    ]


def test_a_heading_is_one_sentence_whatever_its_marks():
    text = "Shut. For good? Yes."
    assert sentences(text, [Block(0, len(text), heading=True)]) == [text]


def test_blocks_that_are_given_are_kept_to():
    text = "Menu. The quay is shut. It was time. Footer."
    assert segment(text, [Block(6, 23), Block(24, 36)]) == [Span(6, 23, 0), Span(24, 36, 1)]
    assert segment(text, []) == []


def test_a_wrapped_sentence_is_whole():
    text = "The council met on Tuesday evening to discuss the old quay and\nthe ferry. Nobody spoke against it."
    assert sentences(text) == [text[:73], text[74:]]


@given(any_text)
@example("A\u00a0. \u00a0B")
@example("\ud800. \udfff? A")
@example("Hello.\x1cWorld.\x85Again.\u2028Yes.")
@example("\u200b.\u200b A")
@example("a\x00b. C\x00")
def test_spans_of_any_text_are_in_order_trimmed_and_lose_nothing(text):
    spans = segment(text)
    position = paragraph = 0
    for span in spans:
        assert position <= span.start < span.end <= len(text)
        assert not text[position : span.start].strip()
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        assert paragraph <= span.paragraph
        position, paragraph = span.end, span.paragraph
    assert not text[position:].strip()


@given(any_text)
def test_segmenting_any_text_twice_gives_the_same(text):
    assert segment(text) == segment(text)


@given(st.lists(st.tuples(any_text, st.booleans()), max_size=5))
def test_spans_stay_inside_the_blocks_that_are_given(parts):
    text, blocks = "", []
    for part, heading in parts:
        blocks.append(Block(len(text), len(text) + len(part), heading))
        text += part + "\n"
    spans = segment(text, blocks)
    for span in spans:
        block = blocks[span.paragraph]
        assert block.start <= span.start < span.end <= block.end
        assert span.heading == block.heading
    assert "".join("".join(text[s.start : s.end] for s in spans).split()) == "".join(text.split())


def test_an_article_with_sentences_keeps_them():
    article = Article.from_sentences(["Quay shut", "It is shut. It was time.", "“So"])
    assert segment_article(article) == SegmentedText(
        "Quay shut\nIt is shut. It was time.\n“So",
        (Span(0, 9, 0, heading=True), Span(10, 34, 1), Span(35, 38, 2, heading=True)),
        given=True,
    )


def test_an_article_with_blocks_is_segmented_in_them():
    article = Article("Quay. Shut\nIt is. Yes.", blocks=(Block(0, 10, heading=True), Block(11, 22)))
    assert segment_article(article).sentences == ["Quay. Shut", "It is.", "Yes."]


def test_an_article_of_plain_text_is_segmented_as_its_text(demo_text):
    assert segment_article(Article(demo_text)).spans == tuple(segment(demo_text))
