import sys

import pytest

from hedge.reading.language import not_english

ENGLISH = (
    "The harbour board met on Tuesday and agreed to keep the old quay open through the winter. Nobody spoke against it."
)
GERMAN = (
    "Der Hafenrat hat am Dienstag beschlossen, den alten Kai auch im Winter offen zu halten. "
    "Niemand sprach dagegen, obwohl es teuer wird."
)
FRENCH = (
    "Le conseil du port a décidé mardi de garder le vieux quai ouvert pendant tout l’hiver. "
    "Personne n’a parlé contre cette décision."
)


@pytest.mark.parametrize(("text", "name"), [(GERMAN, "German"), (FRENCH, "French")])
def test_another_language_is_noted(text, name):
    pytest.importorskip("pycld2")
    assert not_english(text) == f"looks like {name}, not English: the labels mean nothing there"


def test_control_characters_and_lone_surrogates_do_not_keep_it_from_being_noted():
    pytest.importorskip("pycld2")
    assert "German" in not_english("\x00\x07\ud800\ufffe" + GERMAN + "\x9f\udfff")


@pytest.mark.parametrize(
    "text",
    [ENGLISH, ENGLISH * 100, "", "Guten Tag.", "Bonjour tout le monde", "1 2 3 " * 100, "\ud800" * 200, "\0" * 200],
    ids=["English", "long English", "empty", "short German", "short French", "numbers", "surrogates", "controls"],
)
def test_english_and_what_cannot_be_judged_get_no_note(text):
    assert not_english(text) is None


def test_without_a_detector_there_is_no_note(monkeypatch):
    monkeypatch.setitem(sys.modules, "pycld2", None)
    assert not_english(GERMAN) is None
