import pytest

datasets = pytest.importorskip("datasets")

from hedge.annotations.formats import LeftOut  # noqa: E402
from hedge.annotations.formats import datasets as form  # noqa: E402
from hedge.annotations.formats.item import Item  # noqa: E402
from hedge.errors import AnnotationError  # noqa: E402

ROWS = {"text": ["It may.", "Fog."], "label": ["speculation", None]}


@pytest.mark.parametrize("names", [None, ["opinion", "speculation"]])
def test_a_single_dataset_with_classes_or_their_names(tmp_path, names):
    part = datasets.Dataset.from_dict(ROWS)
    if names:
        part = part.cast_column("label", datasets.ClassLabel(names=names))
    part.save_to_disk(tmp_path / "a")
    item, other = form.read(tmp_path / "a")
    assert (item.text, item.label, item.details) == ("It may.", "speculation", {})
    assert other == LeftOut(f"{tmp_path / 'a'}, row 1", "without an answer")


def test_the_parts_of_a_dataset_are_the_splits(tmp_path):
    rows = datasets.Dataset.from_dict({"text": ["Fog."], "label": ["fact"]})
    datasets.DatasetDict({"validation": rows}).save_to_disk(tmp_path / "a")
    (item,) = form.read(tmp_path / "a")
    assert item.details == {"split": "validation"}


def test_a_part_that_is_no_split_is_an_error_that_names_those_there_are(tmp_path):
    rows = datasets.Dataset.from_dict({"text": ["Fog."], "label": ["fact"]})
    datasets.DatasetDict({"eval": rows}).save_to_disk(tmp_path / "a")
    with pytest.raises(AnnotationError, match=r"a, eval row 0: the split 'eval' is none of train, validation, test"):
        list(form.read(tmp_path / "a"))


def test_missing_columns_are_named(tmp_path):
    datasets.Dataset.from_dict({"sentence": ["Fog."]}).save_to_disk(tmp_path / "a")
    with pytest.raises(AnnotationError, match="no column label and no column text"):
        list(form.read(tmp_path / "a"))


@pytest.mark.parametrize("watched", [False, True])
def test_bars_are_drawn_only_where_somebody_watches(tmp_path, capfd, monkeypatch, watched):
    monkeypatch.setattr("sys.stderr.isatty", lambda: watched)
    form.write([Item("Fog.")], tmp_path / "a")
    assert ("Saving the dataset" in capfd.readouterr().err) is watched
    assert not datasets.utils.are_progress_bars_disabled()
