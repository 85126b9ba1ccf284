"""Fit the linear model."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from hedge.annotations import Corpus
from hedge.errors import AnnotationError, MissingExtraError
from hedge.labels import CLASSES, Label
from hedge.linear.features import BLOCKS, document_features
from hedge.linear.model import LinearModel

__all__ = ["LinearSettings", "fit_linear"]


@dataclass(frozen=True)
class LinearSettings:
    """Settings of the linear model, chosen on validation text."""

    inverse_regularisation: float = 8.0
    """``C`` of scikit-learn's logistic regression; smaller is smoother."""
    min_documents: int = 2
    """In how many training sentences a feature must occur."""

    def __post_init__(self) -> None:
        if self.inverse_regularisation <= 0 or self.min_documents < 1:
            raise ValueError("inverse_regularisation must be positive, and min_documents at least 1")

    def to_dict(self) -> dict[str, float]:
        """Return the settings as a dictionary."""
        return asdict(self)


def fit_linear(corpus: Corpus, settings: LinearSettings | None = None) -> LinearModel:
    """Fit TF-IDF weights and a multinomial logistic regression on every sentence of a corpus.

    Classes weigh the same however often they occur. Where no sentence of the corpus states nothing, the model gives
    every sentence a label.

    :raises AnnotationError: if the corpus lacks one of the labels.
    :raises MissingExtraError: if scikit-learn is not installed.
    """
    try:
        from scipy.sparse import hstack
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise MissingExtraError("Training", "train") from error

    settings = settings or LinearSettings()
    labels = {sentence.label for sentence in corpus.sentences}
    missing = [label.value for label in Label if label not in labels]
    if missing:
        raise AnnotationError(
            f"there is no training sentence labelled {', '.join(missing)}; annotate some, and import them with "
            "--split train"
        )
    features = [row for document in corpus.documents for row in document_features(document.segmented)]
    vocabularies: dict[str, dict[str, int]] = {}
    idf, matrices, column = [], [], 0
    for block, weight in BLOCKS.items():
        vectorizer = TfidfVectorizer(
            analyzer=lambda row, block=block: row[block],
            sublinear_tf=True,
            min_df=settings.min_documents,
            dtype=np.float32,
        )
        try:
            matrices.append(vectorizer.fit_transform(features) * weight)
        except ValueError:  # no token is common enough: a corpus of single sentences has no neighbours
            vocabularies[block] = {}
            continue
        tokens = vectorizer.get_feature_names_out()
        vocabularies[block] = {token: column + i for i, token in enumerate(tokens)}
        idf.append(vectorizer.idf_)
        column += len(tokens)
    regression = LogisticRegression(C=settings.inverse_regularisation, class_weight="balanced", max_iter=3000)
    regression.fit(hstack(matrices).tocsr(), [sentence.class_index for sentence in corpus.sentences])
    weights = np.zeros((column, len(CLASSES)), np.float32)
    intercepts = np.full(len(CLASSES), -np.inf, np.float32)  # of what never occurs, as likelihood would have it
    weights[:, regression.classes_], intercepts[regression.classes_] = regression.coef_.T, regression.intercept_
    return LinearModel(vocabularies, np.concatenate(idf).astype(np.float32), weights, intercepts)
