import pytest

from hedge.annotations import AnnotatedDocument, AnnotatedSentence
from hedge.annotations.duplicates import near_duplicates
from hedge.labels import Label
from hedge.reading import Article
from hedge.segmentation.sentences import segment_article

pytest.importorskip("datasketch")
WORDS = ["quay", "mill", "river", "coal", "bell", "tide", "rope", "salt", "hull", "crane"]


def made_of(identity, words, label=Label.FACT, **fields):
    values = {"genre": "news", "origin": "real", "source": "s", "licence": "l", "split": ""}
    return AnnotatedDocument(
        identity, **{**values, **fields}, sentences=(AnnotatedSentence(" ".join(words) + ".", label),)
    )


def story(number):
    """Words that no other number has."""
    return [f"{word}{number}" for word in WORDS]


def groups(documents):
    return {frozenset(d.id for d in group) for group in near_duplicates(documents)}


def test_texts_of_their_own_are_groups_of_one():
    assert groups([made_of(f"d{i}", story(i)) for i in range(12)]) == {frozenset([f"d{i}"]) for i in range(12)}


def test_near_duplicates_are_one_group_through_a_chain_too():
    words = [f"{word}{i}" for i in range(6) for word in WORDS]
    chain = [made_of("a", words[:40]), made_of("b", words[10:50]), made_of("c", words[20:60])]
    assert groups([*chain, made_of("z", words[::-1])]) == {frozenset("abc"), frozenset("z")}
    # "a" and "c" come first, so that "b" joins two groups
    assert groups([chain[0], chain[2], chain[1]]) == {frozenset("abc")}


@pytest.mark.parametrize("words", [["Hello", "there"], ["Hello"], ["…"]])
def test_texts_of_fewer_than_three_words_resemble_their_like_alone(words):
    others = [made_of("long", ["hello", "there", "harbour"]), made_of("other", ["Goodbye", "now"]), made_of("—", ["—"])]
    assert groups([made_of("a", words), *others, made_of("b", words)]) == {
        frozenset("ab"),
        *(frozenset([other.id]) for other in others),
    }


def test_groups_and_their_members_are_in_the_order_of_the_documents():
    """Hashes of strings, and with them the order of sets, differ from process to process."""
    words = [f"{word}{i}" for i in range(6) for word in WORDS]
    alike = [made_of(f"d{i}", words[i : i + 50]) for i in range(8)]
    found = near_duplicates([made_of("z", words[::-1]), *reversed(alike)])
    assert [[document.id for document in group] for group in found] == [["z"], [f"d{i}" for i in reversed(range(8))]]


def test_excerpts_of_one_text_are_one_group():
    text = " ".join(" ".join(story(number)) + "." for number in range(3))
    whole = segment_article(Article(text))
    parts = [
        AnnotatedDocument(
            f"part-{number}",
            *("news", "real", "s", "l", ""),
            (AnnotatedSentence(whole.sentences[number], Label.FACT),),
            excerpt=segment_article(Article(text, sentences=((span.start, span.end),))),
        )
        for number, span in enumerate(whole.spans)
    ]
    assert groups([*parts, made_of("other", story(9))]) == {
        frozenset(["part-0", "part-1", "part-2"]),
        frozenset(["other"]),
    }
