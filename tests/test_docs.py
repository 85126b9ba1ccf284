"""What README and docs show is run as it stands."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

import hedge
from hedge.output import render

REPOSITORY = Path(__file__).resolve().parents[1]
PAGES = ["README.md", "docs/reference.md"]


def code(page: str, language: str) -> list[str]:
    tokens = MarkdownIt("commonmark").parse((REPOSITORY / page).read_text(encoding="utf-8"))
    return [token.content for token in tokens if token.type == "fence" and token.info == language]


@pytest.mark.parametrize("page", PAGES)
def test_python_examples_run(page, monkeypatch):
    monkeypatch.chdir(REPOSITORY)
    examples = code(page, "python")
    assert examples
    exec(compile("\n".join(examples), page, "exec"), {})  # noqa: S102


def test_readme_shows_what_its_example_prints(monkeypatch, capsys):
    monkeypatch.chdir(REPOSITORY)
    exec(compile("\n".join(code("README.md", "python")), "README.md", "exec"), {})  # noqa: S102
    assert [capsys.readouterr().out] == code("README.md", "text")


def test_readme_shows_what_the_command_writes(monkeypatch, classifier):
    monkeypatch.chdir(REPOSITORY)
    command, shown = re.search(r"^\$ hedge classify (\S+)\n([^$]+)", code("README.md", "console")[0]).groups()
    written = "".join(render(classifier.classify_many(hedge.read(command)), "full"))
    written = re.sub(r" +$", "", written, flags=re.MULTILINE)
    parts = [part.strip() for part in shown.split("…")]
    assert written.startswith(parts[0])
    assert [part for part in parts if part not in written] == []


def test_every_public_name_is_in_the_reference():
    reference = (REPOSITORY / "docs/reference.md").read_text(encoding="utf-8")
    missing = [name for name in hedge.__all__ if not re.search(rf"\b{name}\b", reference)]
    assert missing == []


@pytest.mark.parametrize("kind", [hedge.Article, hedge.Cue, hedge.Document, hedge.Sentence, hedge.Source])
def test_every_attribute_of_what_goes_in_and_comes_out_is_in_the_reference(kind):
    tokens = MarkdownIt("commonmark").parse((REPOSITORY / "docs/reference.md").read_text(encoding="utf-8"))
    inline = [child for token in tokens for child in token.children or []]
    reference = " ".join(child.content for child in inline if child.type == "code_inline")
    names = {*dir(kind), *(field.name for field in fields(kind))}
    missing = [name for name in names if not name.startswith("_") and not re.search(rf"\b{name}\b", reference)]
    assert missing == []


@pytest.mark.parametrize("page", [*PAGES, *(f"docs/{name}.md" for name in ("cli", "formats", "annotation"))])
def test_relative_links_lead_somewhere(page):
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    targets = [link for link in re.findall(r"\]\(([^)#]+)", text) if not link.startswith("http")]
    missing = [link for link in targets if not ((REPOSITORY / page).parent / link).exists()]
    assert missing == []
