import pytest

from hedge.segmentation.paragraphs import find_blocks, looks_like_heading

MAIL = """\
The council met on Tuesday evening to discuss the old quay and
the ferry, which has been out of service since the storm in
March. Nobody spoke against it, and the vote was put off.

The second meeting will take place after the summer, when all
of the members have returned from their holidays, and will
be open to everybody who lives on the harbour side.
"""


def texts(text):
    return [("# " if block.heading else "") + text[block.start : block.end] for block in find_blocks(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The quay is shut.", ["The quay is shut."]),
        ("One is shut.\n\nTwo is open.", ["One is shut.", "Two is open."]),
        ("One is shut.\n \t \n\n\nTwo is open.\n", ["One is shut.", "Two is open."]),
        ("One is shut.\r\n\r\nTwo is open.\r\n", ["One is shut.", "Two is open."]),
        ("One is shut.\nTwo is open.\nThree too.", ["One is shut.", "Two is open.", "Three too."]),
        ("  One is shut.  \n\tTwo is open.\t", ["One is shut.", "Two is open."]),
        ("Quay is shut\n\nOne is shut.", ["# Quay is shut", "One is shut."]),
        ("Quay is shut\nOne is shut.", ["# Quay is shut", "One is shut."]),
        ("- Open the quay\n- Shut the bridge", ["- Open the quay", "- Shut the bridge"]),
        ("1. Open the quay\n2) Shut the bridge", ["1. Open the quay", "2) Shut the bridge"]),
        ("", []),
        (" \n\t\n\u00a0\n", []),
    ],
)
def test_paragraphs(text, expected):
    assert texts(text) == expected


def test_a_hard_wrapped_text_keeps_its_paragraphs_whole():
    assert texts(MAIL) == [part.strip() for part in MAIL.split("\n\n")]


def test_carriage_returns_do_not_keep_wrapped_lines_from_being_joined():
    mail = MAIL.replace("\n", "\r\n")
    assert texts(mail) == [part.strip() for part in mail.split("\r\n\r\n")]


def test_in_a_hard_wrapped_text_a_heading_and_bullets_stay_apart():
    text = "What comes next\n\n" + MAIL + "\n- Open the quay before the winter storms come in and\n- Shut the bridge\n"
    found = texts(text)
    assert found[0] == "# What comes next"
    assert found[3:] == ["- Open the quay before the winter storms come in and", "- Shut the bridge"]


def test_in_a_hard_wrapped_text_a_short_line_ends_a_paragraph():
    first, second = MAIL.strip().split("\n\n")
    short = first.replace("vote was put off.", "end.")
    assert texts(f"{short}\n{second}")[0].endswith("the end.")


def test_long_lines_are_paragraphs_even_if_they_go_on_in_small_letters():
    lines = ["the old quay stays open through the whole winter and " * 4 + "so on"] * 3
    assert texts("\n".join(lines)) == lines


@pytest.mark.parametrize(
    "line",
    ["Quay to reopen", "By Ann Lee", "“Never again”", "What the board did next", "QUAY", "  Quay reopens  ", "Où"],
)
def test_a_short_line_without_a_full_stop_looks_like_a_heading(line):
    assert looks_like_heading(line)


@pytest.mark.parametrize(
    "line",
    [
        "The quay reopens.",
        "Does the quay reopen?",
        "They said:",
        "He left,",
        "“Never again.”",
        "The end…",
        "- Open the quay",
        "• Open the quay",
        "1. Open the quay",
        "(a) Open the quay",
        "2014",
        "* * *",
        "",
        "   ",
        "quay " * 17,
    ],
)
def test_other_lines_do_not(line):
    assert not looks_like_heading(line)
