#!/usr/bin/env python3
"""What somebody without hedge would write to label the sentences of a text file; ``speed.py`` times it."""

import sys
from pathlib import Path

from sentencex import segment
from transformers import pipeline

classify = pipeline("text-classification", model=sys.argv[1], batch_size=32)
sentences = [sentence.strip() for sentence in segment("en", Path(sys.argv[2]).read_text(encoding="utf-8"))]
sentences = [sentence for sentence in sentences if sentence]
for sentence, answer in zip(sentences, classify(sentences, truncation=True), strict=True):
    print(answer["label"], round(answer["score"], 2), sentence, sep="\t")
