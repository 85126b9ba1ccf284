import io
import stat
import sys
from pathlib import Path

import pytest

from hedge.cli.destination import open_destination
from hedge.errors import HedgeError


@pytest.fixture
def file(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder / "page.html"


def names(file):
    return sorted(path.name for path in file.parent.iterdir())


def test_the_file_appears_only_at_the_end(file):
    with open_destination(str(file)) as stream:
        stream.write("half")
        stream.flush()
        assert not file.exists()
    assert file.read_text(encoding="utf-8") == "half"
    assert names(file) == ["page.html"]


def test_text_is_written_as_utf_8_without_touching_newlines(file):
    with open_destination(str(file)) as stream:
        stream.write("naïve\n𝔭\r\n")
    assert file.read_bytes() == "naïve\n𝔭\r\n".encode()


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("before", [None, "old"])
def test_a_failure_leaves_what_was_there_and_nothing_else(file, error, before):
    if before:
        file.write_text(before, encoding="utf-8")
    with pytest.raises(error), open_destination(str(file)) as stream:  # noqa: PT012 - the failure is the body's
        stream.write("half")
        raise error
    assert names(file) == (["page.html"] if before else [])
    assert not before or file.read_text(encoding="utf-8") == before


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_a_file_that_is_there_keeps_its_permissions(file, mode):
    file.touch()
    file.chmod(mode)
    with open_destination(str(file)) as stream:
        stream.write("new")
    assert stat.S_IMODE(file.stat().st_mode) == mode
    assert file.read_text(encoding="utf-8") == "new"


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_a_new_file_has_the_permissions_of_any_new_file(file):
    with open_destination(str(file)):
        pass
    ordinary = file.with_name("ordinary")
    ordinary.touch()
    assert file.stat().st_mode == ordinary.stat().st_mode


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
def test_a_link_stays_a_link_to_the_new_file(file):
    link = file.with_name("link")
    file.write_text("old", encoding="utf-8")
    link.symlink_to(file.name)
    with open_destination(str(link)) as stream:
        stream.write("new")
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == "new"


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no /dev/null here")
def test_what_is_not_a_file_is_written_to_directly():
    with open_destination("/dev/null") as stream:
        stream.write("gone")
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize("name", [None, "-"])
def test_standard_output_is_the_destination_without_a_name(name, capsys):
    with open_destination(name) as stream:
        stream.write("here")
    assert capsys.readouterr().out == "here"
    assert not stream.closed


@pytest.mark.parametrize("name", [None, "-"])
def test_standard_output_leaves_the_ends_of_lines_alone(name, monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(), encoding="cp1252", newline="\r\n")  # as on Windows
    monkeypatch.setattr("sys.stdout", stream)
    with open_destination(name) as destination:
        destination.write("naïve\n𝔭\r\n")
    assert stream.buffer.getvalue() == "naïve\n𝔭\r\n".encode()


def test_a_folder_is_refused(file):
    destination = open_destination(str(file.parent))
    with pytest.raises(HedgeError, match="out: is a folder; pass the name of a file"), destination:
        pass


def test_a_folder_that_is_not_there_is_named(file):
    destination = open_destination(str(file.parent / "nowhere" / "page.html"))
    with pytest.raises(HedgeError, match=r"page\.html: cannot be written \(No such file"), destination:
        pass
