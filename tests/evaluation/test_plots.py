import sys

import pytest

from hedge.errors import MissingExtraError
from hedge.evaluation.plots import plot

PNG = b"\x89PNG\r\n\x1a\n"


def test_three_pictures_are_drawn_into_a_new_folder(predictions, tmp_path):
    files = plot(predictions, tmp_path / "new" / "plots")
    assert [file.name for file in files] == ["confusion.png", "reliability.png", "risk_coverage.png"]
    assert sorted((tmp_path / "new" / "plots").iterdir()) == files
    assert all(file.read_bytes().startswith(PNG) for file in files)


def test_pictures_tell_different_predictions_apart(predictions, tmp_path):
    whole, part = plot(predictions, tmp_path / "whole"), plot(predictions.take([0, 1]), tmp_path / "part")
    for one, other in zip(whole, part, strict=True):
        assert one.read_bytes() != other.read_bytes()


def test_drawing_again_writes_over(predictions, tmp_path):
    (tmp_path / "confusion.png").write_bytes(b"old")
    plot(predictions, tmp_path)
    assert (tmp_path / "confusion.png").read_bytes().startswith(PNG)


@pytest.mark.parametrize("library", ["matplotlib", "sklearn"])
def test_without_the_extra_it_is_named(predictions, tmp_path, monkeypatch, library):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError, match="'train'"):
        plot(predictions, tmp_path)


def test_no_figure_stays_open(predictions, tmp_path):
    pyplot = pytest.importorskip("matplotlib.pyplot")
    plot(predictions, tmp_path)
    assert pyplot.get_fignums() == []
