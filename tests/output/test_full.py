import re

import pytest

from hedge.document import Document
from hedge.output import OutputOptions, render

EXPECTED = """\
quay.txt ───────────────────────────────────────────────────────────────────────────────────────────
F│fact  R│report (another's word)  S│speculation (left open)  O│opinion  ·│states nothing

·│Quay & ferry

F│It is <shut>. R│"So be it," she said.

S│It may open. O│A shame!

fact         25%  ██████  1
report       25%  ██████  1
speculation  25%  ██████  1
opinion      25%  ██████  1
"""


def squeeze(output):
    """Take off white space at the end of lines."""
    return "".join(line.rstrip() + "\n" for line in output.splitlines())


def words(output):
    return [line.split() for line in output.splitlines()]


def full(documents, **options):
    return "".join(render(documents, "full", OutputOptions(**options)))


def test_a_document_with_its_legend_text_and_shares(document):
    found, expected = squeeze(full([document])).splitlines(), EXPECTED.splitlines()
    assert found[:-4] == expected[:-4]
    assert words("\n".join(found[-4:])) == words("\n".join(expected[-4:]))


def test_the_text_is_wrapped_to_the_width(document):
    narrow = full([document], width=40).splitlines()
    assert max(map(len, narrow)) <= 40
    text = " ".join(" ".join(narrow).split())
    assert 'F│It is <shut>. R│"So be it," she said. S│It may open. O│A shame!' in text


def test_a_mark_is_never_parted_from_its_first_word(document):
    for width in range(30, 60):
        assert not any(line.rstrip().endswith("│") for line in full([document], width=width).splitlines()[3:])


def test_without_color_there_are_no_escape_codes(document, other):
    assert "\x1b" not in full([document.with_min_confidence(0.5), other])


def test_with_color_there_are_and_the_words_are_the_same(document, other):
    colored = full([document, other], color=True)
    assert colored.count("\x1b[") > 10
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == full([document, other])


def test_labels_have_colors_of_their_own(document):
    line = next(line for line in full([document], color=True).splitlines() if "may open" in line)
    assert "\x1b[33m" in line
    assert "\x1b[35m" in line


def test_unsure_sentences_have_their_mark_and_share(document):
    output = full([document.with_min_confidence(0.75)])
    assert "?│It may open. ?│A shame!" in output
    assert "·" not in output.split("\n\n")[1]
    assert ["unsure", "60%", "██████████████", "3"] in words(output)


def test_sentences_that_are_not_chosen_stay_without_a_mark(document):
    output = full([document], labels=frozenset({"opinion"}))
    assert "It may open. O│A shame!" in output
    assert "F│It is" not in output
    assert ["fact", "25%", "██████", "1"] in words(output)


def test_several_documents_have_one_legend_and_a_summary(document, other, empty):
    output = full([document.with_min_confidence(0.5), other, empty])
    assert output.count("states nothing") == 1
    table = words(output[output.rindex("file ") :])
    assert table[0] == ["file", "fact", "report", "speculation", "opinion", "unsure", "claims"]
    assert table[2:5] == [
        ["quay.txt", "25%", "25%", "0%", "25%", "25%", "4"],
        ["text", "100%", "0%", "0%", "0%", "0%", "1"],
        ["empty.txt", "0%", "0%", "0%", "0%", "0%", "0"],
    ]


def test_one_document_has_no_summary(document):
    assert "claims" not in full([document])


@pytest.mark.parametrize("word", ["[bold]x[/bold]", "[/]", ":ship:", "[link=a]", "\\[b]", "<b>"])
def test_what_looks_like_markup_is_shown_as_it_is(other, word):
    named = Document(word, other.sentences[:0], id=f"{word}.txt")
    assert full([named, other]).count(f"{word}.txt") == 2


def test_cues_are_underlined_and_sources_bold(marked):
    output = full([marked], color=True)
    assert "\x1b[4;36mmay\x1b[0m" in output
    assert "\x1b[1;36mIda & Bo\x1b[0m" in output
    assert "It may open, Ida & Bo said." in full([marked])


def test_a_sentence_whose_end_was_not_read_says_so_if_it_is_shown(cut):
    assert "F│It shut, and shut. (end not read) ·│It may open.\n" in squeeze(full([cut]))
    assert "not read" not in full([cut], labels=frozenset({"skip"}))
