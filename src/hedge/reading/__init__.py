"""Bytes to text: plain text, Markdown, HTML articles and JSON Lines."""

from hedge.reading.article import Article, Block
from hedge.reading.files import DEFAULT_MAX_BYTES, InputFormat, find_files, read

__all__ = ["DEFAULT_MAX_BYTES", "Article", "Block", "InputFormat", "find_files", "read"]
