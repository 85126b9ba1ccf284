"""Bytes to text: UTF-8 unless told or shown otherwise, and never a guess that goes unsaid."""

from __future__ import annotations

import codecs

from hedge.errors import ReadingError

__all__ = ["decode", "is_wide"]

# English text outside UTF-8 is in one of these; the detector's full list takes “ and £ for Baltic letters.
PLAUSIBLE_ENCODINGS = ["cp1252", "mac_roman", "utf_16", "utf_16_le", "utf_16_be", "utf_32"]
BYTE_ORDER_MARKS = {  # the longer marks first: UTF-32's begins with UTF-16's
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
KNOWN_FORMATS = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP-based file (DOCX, ODT, EPUB …)",
    b"\xd0\xcf\x11\xe0": "an old Office file",
}
DETECTION_BYTES = 200_000


def decode(data: bytes, where: str, encoding: str | None = None) -> tuple[str, str | None]:
    """Decode a file's bytes.

    :param data: The whole file.
    :param where: Its name, for messages.
    :param encoding: The name of the encoding, if it is known.
    :return: The text, and a note where the encoding had to be guessed.
    :raises ReadingError: if the bytes are not text, or not in the encoding named.
    """
    if encoding:
        cure = "pass --encoding with the right name, or leave it out to have it detected"
        return _decode_as(data, encoding, where, cure), None
    for magic, what in KNOWN_FORMATS.items():
        if data.startswith(magic):
            raise ReadingError(where, f"this is {what}, not a text file", "export it as plain text or HTML first")
    for mark, codec in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            cure = "its byte order mark says it is: mend the file, or pass --encoding with the right name"
            return _decode_as(data, codec, where, cure), None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_by_detection(data, where)
    if "\0" in text:
        guess, note = _decode_by_detection(data, where)
        return guess, note
    return text, None


def is_wide(start: bytes) -> bool:
    """Tell whether a text is in UTF-16 or UTF-32: by its mark, or as half of its first bytes or more are zero, not all.

    :param start: Its first bytes, four or more where there are so many; the text begins in ASCII, as JSON does.
    """
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    head = start[:4]
    return 0 < len(head) // 2 <= head.count(0) < len(head)


def _decode_as(data: bytes, encoding: str, where: str, cure: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ReadingError(where, f"byte {error.start} is not {encoding} ({error.reason})", cure) from error
    except (LookupError, ValueError):
        raise ReadingError(
            where, f"there is no encoding {encoding!r}", "pass one that Python knows, such as cp1252"
        ) from None


def _decode_by_detection(data: bytes, where: str) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    match = from_bytes(data[: DETECTION_BYTES // 4 * 4], cp_isolation=PLAUSIBLE_ENCODINGS).best()
    if match is None or "\0" in str(match):
        raise ReadingError(where, "binary data, or text in an unknown encoding", "pass --encoding if it is text")
    encoding = match.encoding.replace("_", "-")
    text = _decode_as(data, encoding, where, "what comes before looks like it: pass --encoding with the right name")
    return text, f"not UTF-8; read as {encoding} (a guess: pass --encoding if it is wrong)"
