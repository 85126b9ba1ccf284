import gzip
import io
import json
import os
import sys
from pathlib import Path

import pytest

from hedge.errors import MissingExtraError, ReadingError
from hedge.reading import InputFormat, find_files, read

SHUT = "The quay is shut. It was time."


@pytest.fixture
def folder(tmp_path):
    """A folder of texts with others that are none of it."""
    for name in (
        "b.txt",
        "a.md",
        "sub/deep/c.TXT",
        "sub/d.text",
        "notes.doc",
        ".hidden.txt",
        ".git/e.txt",
        "sub/.f.md",
    ):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(SHUT, encoding="utf-8")
    return tmp_path


def names(found, folder):
    return [file.relative_to(folder).as_posix() for file in found]


def write_lines(file, *lines):
    file.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return file


def read_all(paths, **options):
    """Read everything, errors apart."""
    errors = []
    return list(read(paths, on_error=errors.append, **options)), errors


def test_a_folder_gives_its_texts_sorted_at_any_depth_without_what_begins_with_a_dot(folder):
    assert names(find_files([folder]), folder) == ["a.md", "b.txt", "sub/d.text", "sub/deep/c.TXT"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [("*.txt", ["b.txt"]), ("*.doc", ["notes.doc"]), ("sub/*", ["sub/d.text"]), ("[ab].*", ["a.md", "b.txt"])],
)
def test_a_pattern_chooses_the_files_of_a_folder(folder, pattern, found):
    assert names(find_files([folder], pattern), folder) == found


def test_a_folder_inside_a_folder_with_a_dot_is_read_when_it_is_named(folder):
    assert names(find_files([folder / ".git"]), folder) == [".git/e.txt"]


def test_files_come_in_the_order_they_are_named_whatever_their_name(folder):
    named = [folder / "notes.doc", folder / ".hidden.txt", folder / "a.md"]
    assert list(find_files(named, "*.txt")) == named


def test_standard_input_and_errors_are_passed_on():
    error = ReadingError("x", "y", "z")
    assert list(find_files(["-", error])) == [Path("-"), error]


def test_a_folder_without_texts_is_an_error_in_its_place(folder):
    (folder / "empty").mkdir()
    error, file = find_files([folder / "empty", folder / "b.txt"])
    assert isinstance(error, ReadingError)
    assert "a folder without texts (looked for *.txt, *.text, *.md" in str(error)
    assert file == folder / "b.txt"
    (error,) = find_files([folder], "*.rst")
    assert "looked for *.rst" in str(error)


@pytest.mark.parametrize("pattern", ["/*.txt", "**.txt"])
def test_a_pattern_that_cannot_be_one_is_a_reading_error(folder, pattern):
    articles, errors = read_all(folder, pattern=pattern)  # some versions of Python understand the second
    assert articles or isinstance(errors[0], ReadingError)


def test_one_path_may_be_a_string_a_path_or_in_a_list(folder):
    for paths in (str(folder / "b.txt"), folder / "b.txt", [folder / "b.txt"], iter([str(folder / "b.txt")])):
        (article,) = read(paths)
        assert article.text == SHUT
        assert article.id == article.name == str(folder / "b.txt")


@pytest.mark.parametrize("text", ["One.\r\n\r\nTwo.\r\n", "One.\rTwo.", "  One.  ", "One.\n\x0cTwo.", "🚢 is here."])
def test_a_text_is_read_character_by_character(tmp_path, text):
    file = tmp_path / "a.txt"
    file.write_bytes(text.encode())
    (article,) = read(file)
    assert article.text == text
    assert (article.blocks, article.sentences, article.notes, article.line) == (None, None, (), 1)


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    (tmp_path / "a.txt").write_bytes(SHUT.encode("utf-8-sig"))
    assert next(read(tmp_path)).text == SHUT


def test_a_guessed_encoding_is_noted_and_a_named_one_is_not(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes("The café is shut, the mayor’s office said.".encode("cp1252"))
    (guessed,) = read(file)
    (named,) = read(file, encoding="cp1252")
    assert guessed.text == named.text == "The café is shut, the mayor’s office said."
    assert ["cp1252" in note for note in guessed.notes] == [True]
    assert named.notes == ()


def test_another_language_is_noted(tmp_path):
    pytest.importorskip("pycld2")
    text = "Der Hafenrat hat am Dienstag beschlossen, den alten Kai auch im Winter für alle Schiffe offen zu halten."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (article,) = read(tmp_path)
    assert [note.split(",")[0] for note in article.notes] == ["looks like German"]


@pytest.mark.parametrize(
    ("data", "options", "what"),
    [
        (b"", {}, "there is no text in it"),
        (b" \r\n\t \n", {}, "there is no text in it"),
        ("\u00a0\u2003\n".encode(), {}, "there is no text in it"),
        (b"\xef\xbb\xbf", {}, "there is no text in it"),
        (b"%PDF-1.7", {}, "this is a PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0", {}, "binary data"),
        (b"caf\xe9", {"encoding": "utf-8"}, "byte 3 is not utf-8"),
        (b"Ships sail.", {"max_bytes": 10}, "larger than 10 bytes"),
    ],
    ids=["empty", "blank", "wide blanks", "mark alone", "PDF", "PNG", "wrong encoding", "too large"],
)
def test_a_file_that_cannot_be_read_is_an_error_with_its_name_and_the_others_still_come(tmp_path, data, options, what):
    broken, sound = tmp_path / "a.txt", tmp_path / "b.txt"
    broken.write_bytes(data)
    sound.write_bytes(b"Shut.")
    with pytest.raises(ReadingError, match=what):
        list(read([broken, sound], **options))
    errors = []
    articles = list(read([broken, sound], on_error=errors.append, **options))
    assert [article.text for article in articles] == ["Shut."]
    assert [error.where for error in errors] == [str(broken)]


def test_a_file_of_exactly_the_largest_size_is_read(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"Ships sail")
    assert next(read(tmp_path, max_bytes=10)).text == "Ships sail"


def test_a_missing_file_is_an_error_and_the_others_still_come(folder):
    articles, errors = read_all([folder / "gone.txt", folder / "b.txt"])
    assert [article.text for article in articles] == [SHUT]
    assert [str(error) for error in errors] == [f"{folder / 'gone.txt'}: no such file; check the path"]
    with pytest.raises(ReadingError, match="no such file"):
        list(read(folder / "gone.txt"))


def test_a_text_in_place_of_a_path_is_an_error_as_any_missing_file():
    with pytest.raises(ReadingError):
        list(read("The harbour board met on Tuesday and decided to keep the old quay open. " * 10))


@pytest.mark.parametrize("paths", ["", [""]])
def test_no_name_at_all_is_not_the_folder_where_we_are(folder, monkeypatch, paths):
    monkeypatch.chdir(folder)
    with pytest.raises(ReadingError, match=r"^'': is no file name; check the path$"):
        list(read(paths))


def test_a_folder_without_texts_is_raised_or_given_to_on_error(tmp_path):
    with pytest.raises(ReadingError, match="a folder without texts"):
        list(read(tmp_path))
    assert [type(error) for error in read_all(tmp_path)[1]] == [ReadingError]


def test_reading_goes_file_by_file_as_articles_are_taken(folder):
    articles = read([folder / "b.txt", folder / "gone.txt"])
    assert next(articles).text == SHUT
    with pytest.raises(ReadingError, match="no such file"):
        next(articles)


@pytest.mark.parametrize(
    ("name", "text", "blocks"),
    [("a.md", "  Quay\n\n shut .", 2), ("a.MARKDOWN", "  Quay\n\n shut .", 2), ("a.txt", "# Quay\n\n*shut*.", None)],
)
def test_the_ending_tells_the_format(tmp_path, name, text, blocks):
    (tmp_path / name).write_text("# Quay\n\n*shut*.", encoding="utf-8")
    (article,) = read(tmp_path)
    assert article.text == text
    assert (article.blocks and len(article.blocks)) == blocks


@pytest.mark.parametrize("name", ["a.md.gz", "a.MD.GZ"])
def test_a_compressed_file_is_read_as_what_is_in_it(tmp_path, name):
    (tmp_path / name).write_bytes(gzip.compress(b"# Quay"))
    (article,) = read(tmp_path, max_bytes=6)
    assert (article.text, article.id) == ("  Quay", str(tmp_path / name))
    with pytest.raises(ReadingError, match="larger than 5 bytes"):
        list(read(tmp_path, max_bytes=5))


def test_compressed_json_lines_are_articles(tmp_path):
    (tmp_path / "in.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Shut."}\n{"text": "Open."}\n'))
    assert [article.text for article in read(tmp_path)] == ["Shut.", "Open."]


@pytest.mark.parametrize("data", [b"Ships.", gzip.compress(b"Ships." * 9)[:-9]], ids=["not compressed", "cut off"])
def test_a_broken_compressed_file_is_a_reading_error(tmp_path, data):
    (tmp_path / "a.txt.gz").write_bytes(data)
    with pytest.raises(ReadingError, match=r"a\.txt\.gz: cannot be read"):
        list(read(tmp_path))


@pytest.mark.parametrize("input_format", ["pdf", "TEXT"])
def test_an_unknown_format_is_refused(folder, input_format):
    with pytest.raises(ValueError, match="is not a valid InputFormat"):
        list(read(folder, input_format=input_format, on_error=print))


@pytest.mark.parametrize("input_format", [InputFormat.MARKDOWN, "markdown"])
def test_a_named_format_comes_before_the_ending(tmp_path, input_format):
    (tmp_path / "a.txt").write_text("# Quay", encoding="utf-8")
    (article,) = read(tmp_path, input_format=input_format)
    assert article.text == "  Quay"
    assert article.blocks[0].heading


def test_markdown_offsets_are_those_of_a_file_with_carriage_returns(tmp_path):
    source = "---\r\ntitle: x\r\n---\r\n# Quay\r\n\r\nThe *old* quay\r\nis shut.\r\n"
    (tmp_path / "a.md").write_bytes(source.encode())
    (article,) = read(tmp_path)
    assert len(article.text) == len(source)
    assert [article.text.index(word) for word in ("Quay", "old", "shut")] == [
        source.index(word) for word in ("Quay", "old", "shut")
    ]


def test_markdown_without_prose_is_refused(tmp_path):
    (tmp_path / "a.md").write_text("```\ncode\n```\n", encoding="utf-8")
    with pytest.raises(ReadingError, match="there is no text in it"):
        list(read(tmp_path))


def test_a_page_is_read_by_its_ending(tmp_path):
    pytest.importorskip("trafilatura")
    met = "The harbour board met on Tuesday evening and decided to keep the old quay open through the winter."
    page = f"<html><head><title>Quay</title></head><body><article><h1>Quay</h1><p>{met}</p></article></body></html>"
    (tmp_path / "a.htm").write_text(page, encoding="utf-8")
    (article,) = read(tmp_path)
    assert article.text == f"Quay\n\n{met}"
    assert [block.heading for block in article.blocks] == [True, False]


def test_without_the_extra_a_page_is_an_error_and_the_others_still_come(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    (folder / "a.html").write_text("<p>Quay</p>", encoding="utf-8")
    articles, errors = read_all([folder / "a.html", folder / "b.txt"])
    assert [article.text for article in articles] == [SHUT]
    assert [type(error) for error in errors] == [MissingExtraError]


def test_standard_input_is_read_as_bytes(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Ça ferme.\r\n".encode()), encoding="ascii"))
    (article,) = read("-")
    assert (article.text, article.name, article.id) == ("Ça ferme.\r\n", "<stdin>", "<stdin>")


def test_standard_input_in_another_format(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"text": "Shut."}\n{"text": "Open."}')))
    assert [(article.text, article.id) for article in read("-", input_format="jsonl")] == [
        ("Shut.", "<stdin>:1"),
        ("Open.", "<stdin>:2"),
    ]


@pytest.mark.parametrize("ending", ["jsonl", "ndjson"])
def test_json_lines_are_articles_with_their_ids_or_place(tmp_path, ending):
    file = write_lines(
        tmp_path / f"in.{ending}", '{"id": "x", "text": "Shut."}', "", '{"text": "Open."}', '{"sentences": ["A b."]}'
    )
    articles = list(read(file))
    assert [(article.id, article.line, article.text) for article in articles] == [
        ("x", 1, "Shut."),
        (f"{file}:3", 3, "Open."),
        (f"{file}:4", 4, "A b."),
    ]
    assert {article.name for article in articles} == {str(file)}


def test_json_lines_with_a_byte_order_mark_and_carriage_returns(tmp_path):
    (tmp_path / "in.jsonl").write_bytes(b'\xef\xbb\xbf{"text": "Shut."}\r\n{"text": "Open."}\r\n')
    assert [article.text for article in read(tmp_path)] == ["Shut.", "Open."]


@pytest.mark.parametrize("named", [False, True], ids=["detected", "named"])
@pytest.mark.parametrize("before", ["", "\n", "[\n"], ids=["at once", "after a newline", "in a list"])
@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_json_lines_in_a_wide_encoding_are_refused_once_for_the_file(tmp_path, codec, before, named):
    file = tmp_path / "in.jsonl"
    file.write_bytes(f'{before}{{"text": "Shut."}}\n{{"text": "Open."}}\n'.encode(codec))
    articles, errors = read_all(file, encoding=codec if named else None)
    assert articles == []
    assert [str(error) for error in errors] == [
        f"{file}: JSON Lines in UTF-16 or UTF-32; save it as UTF-8, which JSON Lines are in"
    ]


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("line", [b"\0\0\0\0\0\0", b'\0{"text": "Lost."}', b'{"\0text": "Lost."}'])
def test_a_line_with_null_characters_does_not_stop_the_others(tmp_path, line, number):
    lines = [b'{"text": "Shut."}', b'{"text": "Open."}']
    lines.insert(number - 1, line)
    file = tmp_path / "in.jsonl"
    file.write_bytes(b"\n".join(lines))
    articles, errors = read_all(file)
    assert [article.text for article in articles] == ["Shut.", "Open."]
    assert [error.where for error in errors] == [f"{file}, line {number}"]


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_a_line_of_json_ends_at_a_newline_alone(tmp_path, separator):
    text = f"Shut.{separator}Open."
    file = write_lines(tmp_path / "in.jsonl", json.dumps({"text": text}, ensure_ascii=False))
    assert [article.text for article in read(file)] == [text]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('{"text": "Shut.', "not valid JSON"),
        ('{"id": ' + "1" * 5_000 + ', "text": "Shut."}', "not valid JSON"),
        ('["Shut."]', "not a JSON object"),
        ('{"title": "Shut."}', "neither 'text' nor 'sentences'"),
        ('{"text": "  "}', "there is no text in it"),
        ('{"text": "a \\ud83d b"}', r"a lone surrogate \(\\ud83d\) at character 2"),
        ('{"sentences": ["Shut.", "\\udc00"]}', r"a lone surrogate \(\\udc00\) at character 6"),
        ('{"text": "' + "long " * 30 + '"}', "larger than 100 bytes"),
    ],
    ids=["cut off", "endless number", "list", "no text", "blank", "surrogate", "surrogate in sentence", "too large"],
)
def test_a_broken_line_is_an_error_with_its_number_and_the_others_still_come(tmp_path, line, what):
    file = write_lines(tmp_path / "in.jsonl", '{"text": "Shut."}', line, '{"text": "Open."}')
    options = {"max_bytes": 100} if "larger" in what else {}
    articles, errors = read_all(file, **options)
    assert [article.text for article in articles] == ["Shut.", "Open."]
    assert [error.where for error in errors] == [f"{file}, line 2"]
    with pytest.raises(ReadingError, match=what):
        list(read(file, **options))


def test_a_last_line_that_is_too_large_ends_the_reading(tmp_path):
    file = tmp_path / "in.jsonl"
    file.write_bytes(b'{"text": "Shut."}\n{"text": "' + b"long " * 1000)
    articles, errors = read_all(file, max_bytes=50)
    assert [article.text for article in articles] == ["Shut."]
    assert [error.where for error in errors] == [f"{file}, line 2"]


def test_a_whole_emoji_from_json_escapes_is_text(tmp_path):
    file = write_lines(tmp_path / "in.jsonl", '{"text": "a \\ud83d\\udea2 b"}')
    assert [article.text for article in read(file)] == ["a 🚢 b"]


@pytest.mark.parametrize("data", [b"", b"\n\n", b" \n\t\n"], ids=["empty", "newlines", "blanks"])
def test_json_lines_without_a_line_are_an_error(tmp_path, data):
    (tmp_path / "in.jsonl").write_bytes(data)
    articles, errors = read_all(tmp_path / "in.jsonl")
    assert articles == []
    assert [error.where for error in errors] == [str(tmp_path / "in.jsonl")]


@pytest.mark.parametrize("record", ['{"id": "\\ud800", "text": "Shut."}', '{"id": ["\\udfff"], "text": "Shut."}'])
def test_what_comes_out_of_a_json_line_can_be_written_out_again(tmp_path, record):
    articles, errors = read_all(write_lines(tmp_path / "in.jsonl", record))
    assert len(articles) + len(errors) == 1
    for article in articles:
        assert article.id.encode("utf-8")


def test_a_file_whose_name_is_not_utf8_has_an_id_that_can_be_written_out(tmp_path):
    file = tmp_path / os.fsdecode(b"caf\xe9.txt")
    try:
        file.write_text(SHUT, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes only UTF-8")
    (article,) = read(file)
    assert article.text == SHUT
    assert "caf" in article.id.encode("utf-8").decode()


def test_each_error_goes_to_on_error_once(tmp_path):
    file = write_lines(tmp_path / "in.jsonl", "{", "{", '{"text": "Shut."}')
    articles, errors = read_all([file, tmp_path / "gone.txt", file])
    assert [error.where for error in errors] == [
        *(f"{file}, line {n}" for n in (1, 2)),
        str(tmp_path / "gone.txt"),
        *(f"{file}, line {n}" for n in (1, 2)),
    ]
    assert len(articles) == 2
