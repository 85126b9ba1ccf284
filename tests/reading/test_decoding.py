import codecs

import pytest

from hedge.errors import ReadingError
from hedge.reading.decoding import decode

TEXT = "The café on the quay said “no” to £5 a head — it’s closed, the mayor’s office said on Friday.\n"


@pytest.mark.parametrize("text", [TEXT, "plain words", "", "  \n", "🚢 \u2028 naïve", "a\r\nb\rc"])
def test_utf8_is_read_as_it_is_and_without_a_note(text):
    assert decode(text.encode(), "quay.txt") == (text, None)


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_tells_the_encoding_and_is_no_part_of_the_text(mark, codec):
    assert decode(mark + TEXT.encode(codec), "quay.txt") == (TEXT, None)


@pytest.mark.parametrize(
    ("codec", "name"), [("cp1252", "cp1252"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be")]
)
def test_another_encoding_is_detected_with_a_note(codec, name):
    text, note = decode(TEXT.encode(codec), "quay.txt")
    assert text == TEXT
    assert note == f"not UTF-8; read as {name} (a guess: pass --encoding if it is wrong)"


def test_detection_does_not_cut_a_long_text():
    long = TEXT * 3_000
    text, note = decode(long.encode("cp1252"), "quay.txt")
    assert text == long
    assert "cp1252" in note


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "UTF_16_LE", "mac_roman"])
def test_a_named_encoding_is_used_without_a_note(encoding):
    assert decode(TEXT.encode(encoding), "quay.txt", encoding) == (TEXT, None)


def test_a_byte_order_mark_is_taken_off_with_a_named_encoding_too():
    assert decode(codecs.BOM_UTF8 + b"Ships.", "quay.txt", "utf-8") == ("Ships.", None)


@pytest.mark.parametrize(
    ("data", "encoding", "byte"), [(b"caf\xe9 ole", "utf-8", 3), (b"na\xefve", "ascii", 2), (b"a\x81", "cp1252", 1)]
)
def test_a_wrong_encoding_is_refused_with_the_byte_that_shows_it(data, encoding, byte):
    with pytest.raises(ReadingError, match=rf"^quay\.txt: byte {byte} is not {encoding}") as caught:
        decode(data, "quay.txt", encoding)
    assert caught.value.cure == "pass --encoding with the right name, or leave it out to have it detected"


@pytest.mark.parametrize(
    ("data", "byte", "cure"),
    [
        (codecs.BOM_UTF8 + b"caf\xe9 ole", "3 is not utf-8-sig", "its byte order mark says it is: mend the file, or "),
        ((TEXT * 3_000).encode("cp1252") + b"\x81", "282000 is not cp1252", "what comes before looks like it: "),
    ],
    ids=["marked", "guessed"],
)
def test_a_byte_that_belies_the_mark_or_the_guess_is_not_blamed_on_an_option(data, byte, cure):
    with pytest.raises(ReadingError, match=rf"^quay\.txt: byte {byte} \(") as caught:
        decode(data, "quay.txt")
    assert caught.value.cure == f"{cure}pass --encoding with the right name"


@pytest.mark.parametrize("encoding", ["no-such-encoding", "base64", "rot13", "undefined", "utf\0-8"])
def test_an_unknown_encoding_is_refused(encoding):
    with pytest.raises(ReadingError, match=r"^quay\.txt: ") as caught:
        decode(b"Ships.", "quay.txt", encoding)
    assert "encoding" in str(caught.value)


@pytest.mark.parametrize(
    ("data", "what"),
    [(b"%PDF-1.7\n%\xe2\xe3", "a PDF"), (b"PK\x03\x04\x14\x00", "a ZIP-based file"), (b"\xd0\xcf\x11\xe0", "Office")],
)
def test_a_known_format_that_is_no_text_is_named(data, what):
    with pytest.raises(ReadingError, match=what) as caught:
        decode(data, "quay.pdf")
    assert "export it" in caught.value.cure


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0", b"\0\x01\x02\xff" * 50, bytes(range(256)) * 4, b"text\0text"]
)
def test_binary_data_is_refused(data):
    with pytest.raises(ReadingError, match="binary data, or text in an unknown encoding"):
        decode(data, "quay.txt")
