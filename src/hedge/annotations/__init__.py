"""The annotated corpus that trains and tests the models."""

from hedge.annotations.corpus import Corpus
from hedge.annotations.records import AnnotatedDocument, AnnotatedSentence, CueSpan

__all__ = ["AnnotatedDocument", "AnnotatedSentence", "Corpus", "CueSpan"]
