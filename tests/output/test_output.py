from itertools import count, islice

import pytest

from hedge.output import OutputFormat, OutputOptions, render

FORMATS = ["full", "concise", "jsonl", "csv", "html"]


def test_the_formats():
    assert [member.value for member in OutputFormat] == FORMATS


@pytest.mark.parametrize("output_format", FORMATS)
def test_a_format_may_be_named_or_a_member_and_options_left_out(document, output_format):
    by_name = "".join(render([document], output_format))
    assert by_name == "".join(render([document], OutputFormat(output_format), OutputOptions()))
    assert "shut" in by_name


@pytest.mark.parametrize("name", ["xml", "", "FULL", "paragraphs"])
def test_an_unknown_format_is_refused(document, name):
    with pytest.raises(ValueError, match="is not a valid OutputFormat"):
        render([document], name)


@pytest.mark.parametrize("output_format", FORMATS)
def test_pieces_come_as_documents_do(document, output_format):
    taken = []

    def feed():
        for number in count():
            taken.append(number)
            yield document

    pieces = list(islice(render(feed(), output_format), 3))
    assert "shut" in "".join(pieces)
    assert len(taken) <= 3


@pytest.mark.parametrize("output_format", FORMATS)
def test_rendering_leaves_the_document_alone_and_gives_the_same_again(document, output_format):
    before = document.to_dict()
    first = "".join(render([document], output_format))
    assert document.to_dict() == before
    assert "".join(render([document], output_format)) == first


@pytest.mark.parametrize(
    ("output_format", "words"),
    [
        ("full", "empty.txt"),
        ("concise", ""),
        ("jsonl", '"sentences": []'),
        ("csv", "cues,text\n"),
        ("html", "empty.txt"),
    ],
)
def test_a_document_without_sentences_can_be_written(empty, output_format, words):
    output = "".join(render([empty], output_format))
    assert words in output
    assert (output == "") == (words == "")


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        ((), [0, 1, 2, 3, 4]),
        (("fact",), [1]),
        (("skip", "opinion"), [0, 4]),
        (("speculation",), []),
        (("unsure",), [3]),
        (("unsure", "report"), [2, 3]),
    ],
)
def test_labels_choose_by_what_is_shown(document, labels, shown):
    options = OutputOptions(labels=frozenset(labels))
    sentences = document.with_min_confidence(0.5).sentences
    assert [i for i, sentence in enumerate(sentences) if options.shows(sentence)] == shown
