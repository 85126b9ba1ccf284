import sys

import pytest

from hedge.errors import MissingExtraError
from hedge.plotting import pyplot


def test_plots_are_drawn_into_files():
    pytest.importorskip("matplotlib")
    assert pyplot().get_backend() == "agg"


def test_without_the_extra_it_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r"^Plotting needs the extra 'train'"):
        pyplot()
