#!/usr/bin/env python3
"""Write the numbers of the corpus into its card, ``data/annotated/README.md``, and draw its picture.

    python scripts/update_dataset_card.py --texts FOLDER

Between ``<!-- table: TITLE -->`` and ``<!-- end -->`` the card has the table of that title as
``hedge annotations stats --markdown --agreement`` writes it; the rest of the card is left alone.
"""

from __future__ import annotations

import re
import sys

from hedge.annotations import Corpus
from hedge.annotations.statistics import agreement_tables, plot_labels, tables
from hedge.output.markdown_table import markdown_table
from whole_corpus import corpus_parser, load_whole

CARD, PICTURE = "README.md", "labels.png"
BLOCK = re.compile(r"(<!-- table: (?P<title>.+?) -->\n).*?(<!-- end -->)", re.DOTALL)


def main() -> None:
    """Run the script."""
    parser = corpus_parser(__doc__)
    options = parser.parse_args()
    corpus = load_whole(options.data, options.texts)
    card = options.data / CARD
    card.write_text(updated(card.read_text(encoding="utf-8"), corpus), encoding="utf-8")
    plot_labels(corpus, options.data / PICTURE)


def updated(card: str, corpus: Corpus) -> str:
    """Return the card with the tables of a corpus."""
    found = tables(corpus) | agreement_tables(corpus)

    def block(match: re.Match[str]) -> str:
        if match["title"] not in found:
            sys.exit(f"there is no table {match['title']!r}; there are: {', '.join(found)}")
        return f"{match[1]}\n{markdown_table(found[match['title']])}\n\n{match[3]}"

    return BLOCK.sub(block, card)


if __name__ == "__main__":
    main()
