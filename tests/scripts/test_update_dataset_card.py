from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus
from hedge.annotations.corpus import TEXTS_VARIABLE
from hedge.labels import Label

pytest.importorskip("krippendorff")
pytest.importorskip("sklearn")
pytest.importorskip("matplotlib")

CARD = """# Card

<!-- table: Labels by origin -->
old
<!-- end -->

Prose.

<!-- table: Where they differ -->
<!-- end -->
"""
READ = (("first", "fact"), ("second", "opinion"))
MILL = AnnotatedDocument(
    *("mill", "brief", "written", "hedge", "ours", "train"),
    (AnnotatedSentence("It shut.", Label.FACT, readings=READ), AnnotatedSentence("A pity.", Label.OPINION)),
)


@pytest.fixture
def texts():
    """Where the texts are, before running a script takes the variable away."""
    return os.environ.get(TEXTS_VARIABLE)


@pytest.fixture
def folder(tmp_path):
    Corpus((MILL,)).save(tmp_path)
    (tmp_path / "README.md").write_text(CARD, encoding="utf-8")
    return tmp_path


def test_the_tables_are_written_and_the_prose_stays(run_script, folder):
    run_script("update_dataset_card.py", "--data", folder)
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert "old" not in card
    assert "\nProse.\n" in card
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in card.splitlines()]
    assert ["written", "1", "2", "1 (50%)", "0 (0%)", "0 (0%)", "1 (50%)", "0 (0%)"] in cells
    assert ["fact", "opinion", "1"] in cells
    assert (folder / "labels.png").stat().st_size > 0


def test_to_write_it_again_changes_nothing(run_script, folder):
    run_script("update_dataset_card.py", "--data", folder)
    before = (folder / "README.md").read_bytes()
    run_script("update_dataset_card.py", "--data", folder)
    assert (folder / "README.md").read_bytes() == before


def test_a_table_that_does_not_exist_is_named_and_nothing_is_written(run_script, folder):
    (folder / "README.md").write_text("<!-- table: Ages -->\n<!-- end -->\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="there is no table 'Ages'; there are: Labels by origin, "):
        run_script("update_dataset_card.py", "--data", folder)
    assert (folder / "README.md").read_text(encoding="utf-8") == "<!-- table: Ages -->\n<!-- end -->\n"


def test_numbers_without_all_texts_would_be_wrong(run_script, folder):
    Corpus((MILL, replace(MILL, id="real", origin="real", stands_off=True))).save(folder)
    with pytest.raises(SystemExit, match="texts of 1 documents are missing"):
        run_script("update_dataset_card.py", "--data", folder)


def test_the_card_of_this_repository_is_up_to_date(texts, run_script, tmp_path):
    source = Path(__file__).resolve().parents[2] / "data" / "annotated"
    if Corpus.load(source, texts).unresolved:
        pytest.skip("the texts of its stand-off documents are not here")
    for file in source.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    run_script("update_dataset_card.py", "--data", tmp_path, "--texts", texts)
    assert (tmp_path / "README.md").read_bytes() == (source / "README.md").read_bytes()
