from __future__ import annotations

import os
import stat

import pytest

from hedge.whole import written_whole


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_is_written_is_there_at_the_end_only(tmp_path, kind):
    path = tmp_path / "new" / "v1.5"
    with written_whole(path) as aside:
        assert not path.exists()
        aside.touch() if kind == "file" else (aside / "part").mkdir(parents=True)
    assert [one.name for one in path.parent.iterdir()] == ["v1.5"]


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_an_error_leaves_what_was_there_and_nothing_else(tmp_path, kind):
    path = tmp_path / "kept"
    path.write_text("old")

    def interrupted():
        with written_whole(path) as aside:
            aside.touch() if kind == "file" else aside.mkdir()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert [one.read_text() for one in tmp_path.iterdir()] == ["old"]


@pytest.mark.skipif(os.name != "posix", reason="links and permissions of POSIX")
def test_a_link_stays_a_link_and_a_file_keeps_its_permissions(tmp_path):
    kept, link = tmp_path / "there" / "kept", tmp_path / "link"
    kept.parent.mkdir()
    kept.write_text("old")
    kept.chmod(0o640)
    link.symlink_to(kept)
    with written_whole(link) as aside:
        aside.write_text("new")
    assert link.is_symlink()
    assert (kept.read_text(), stat.S_IMODE(kept.stat().st_mode)) == ("new", 0o640)
    assert [one.name for one in kept.parent.iterdir()] == ["kept"]


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_a_killed_process_left_is_removed_next_time(tmp_path, kind):
    path = tmp_path / "kept"
    rest = tmp_path / "kept.unfinished"
    rest.touch() if kind == "file" else (rest / "part").mkdir(parents=True)
    with written_whole(path) as aside:
        assert not aside.exists()
        aside.write_text("new")
    assert [one.read_text() for one in tmp_path.iterdir()] == ["new"]
