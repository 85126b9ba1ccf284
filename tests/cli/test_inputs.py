import pytest

from hedge.cli.inputs import articles


@pytest.mark.parametrize("quiet", [False, True])
def test_errors_are_said_and_kept_and_notes_are_said_unless_that_is_to_be_quiet(working, capsys, quiet):
    (working / "cafe.txt").write_bytes("The café is shut.".encode("cp1252"))
    errors = []
    (article,) = articles(["nowhere.txt", "cafe.txt"], errors, quiet=quiet)
    assert article.text == "The café is shut."
    first, *others = capsys.readouterr().err.splitlines()
    assert [first] == [f"hedge: {error}" for error in errors]
    assert [line.startswith("hedge: warning: cafe.txt: ") for line in others] == ([] if quiet else [True])
