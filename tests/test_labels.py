import json

import pytest

from hedge.labels import CLASSES, SKIP, CueKind, Label


def test_classes_are_the_labels_in_their_order_and_skip_last():
    assert CLASSES == ("fact", "report", "speculation", "opinion", "skip")
    assert (*(label.value for label in Label), SKIP) == CLASSES


@pytest.mark.parametrize("member", [*Label, *CueKind])
def test_a_member_is_its_string(member):
    assert member == member.value
    assert str(member) == f"{member}" == member.value
    assert type(member)(member.value) is member
    assert json.dumps(member) == f'"{member.value}"'


def test_cue_kinds():
    assert [str(kind) for kind in CueKind] == ["attribution", "hedge", "evaluation"]


@pytest.mark.parametrize("name", ["skip", "unsure", "FACT", "", None])
def test_what_is_no_label_is_refused(name):
    with pytest.raises(ValueError, match="is not a valid Label"):
        Label(name)
