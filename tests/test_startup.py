"""What is loaded when: the command line should answer at once, and nobody needs what only training needs."""

import subprocess
import sys
from pathlib import Path

import pytest

import hedge

REPOSITORY = Path(__file__).resolve().parents[1]
HEAVY = ("torch", "transformers", "sklearn", "matplotlib", "trafilatura", "scipy", "datasets")


def loaded(code, modules):
    """Return which modules a fresh interpreter has loaded after the code."""
    ask = f"import sys\n{code}\nprint(*(name for name in {modules!r} if name in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", ask], cwd=REPOSITORY, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_importing_hedge_loads_neither_numpy_nor_anything_heavy():
    assert loaded("import hedge; hedge.Document, hedge.Label", (*HEAVY, "numpy", "rich", "markdown_it")) == []


def test_what_hedge_raises_is_there_at_once():
    assert loaded("import hedge; hedge.HedgeError", ("json", "click")) == []


def test_classifying_loads_nothing_that_only_training_needs():
    code = 'import hedge; assert hedge.load().classify("The quay is shut, she said.").sentences[0].label == "report"'
    assert loaded(code, HEAVY) == []


def test_reading_a_text_loads_nothing_heavy():
    assert loaded('import hedge; next(hedge.read("examples/harbour.txt"))', (*HEAVY, "numpy", "markdown_it")) == []


def test_what_is_loaded_is_seen():
    assert loaded("import hedge; hedge.Classifier", ("numpy", "torch")) == ["numpy"]


@pytest.mark.parametrize("name", hedge.__all__)
def test_every_public_name_is_there(name):
    assert getattr(hedge, name).__name__ == name


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'clasify'"):
        hedge.clasify  # noqa: B018 - asking is the test
