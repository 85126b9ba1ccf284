"""What README and docs show is run as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

import hedge

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


def test_every_public_name_is_in_the_reference():
    reference = (REPOSITORY / "docs/reference.md").read_text(encoding="utf-8")
    missing = [name for name in hedge.__all__ if not re.search(rf"\b{name}\b", reference)]
    assert missing == []


@pytest.mark.parametrize("page", [*PAGES, *(f"docs/{name}.md" for name in ("cli", "formats", "annotation"))])
def test_relative_links_lead_somewhere(page):
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    targets = [link for link in re.findall(r"\]\(([^)#]+)", text) if not link.startswith("http")]
    missing = [link for link in targets if not ((REPOSITORY / page).parent / link).exists()]
    assert missing == []
