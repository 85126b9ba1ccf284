"""From a corpus to a model with a manifest: fit on one split, calibrate on another, say what came out."""

from __future__ import annotations

import platform
from datetime import date
from importlib.metadata import version

import numpy as np

from hedge.annotations import Corpus
from hedge.calibration import fit_temperature
from hedge.classifier import Classifier
from hedge.errors import AnnotationError
from hedge.evaluation.metrics import all_metrics
from hedge.evaluation.predictions import Predictions
from hedge.labels import CLASSES
from hedge.models import Manifest
from hedge.training.linear import LinearSettings, fit_linear

__all__ = ["train_linear"]

LIBRARIES = ("numpy", "scikit-learn", "sentencex")


def train_linear(corpus: Corpus, settings: LinearSettings | None = None, name: str = "linear") -> Classifier:
    """Fit the linear model on the training split and its temperature on the validation split.

    :return: The classifier; ``hedge.models.save_model`` stores its model and manifest.
    :raises AnnotationError: if a split is empty or the training split lacks a class.
    """
    settings = settings or LinearSettings()
    training, validation = corpus.split("train"), corpus.split("validation")
    for split, part in (("train", training), ("validation", validation)):
        if not part.documents:
            raise AnnotationError(f"the split {split!r} has no documents with text; annotate some, or pass --texts")
    model = fit_linear(training, settings)
    logits = np.concatenate(list(model.logits(document.segmented for document in validation.documents)))
    truth = np.array([CLASSES.index(sentence.class_name) for sentence in validation.sentences])
    manifest = Manifest(
        kind=model.kind,
        created=date.today().isoformat(),
        temperature=fit_temperature(logits, truth),
        data={
            "sha256": corpus.sha256,
            "training_documents": len(training.documents),
            "training_sentences": sum(1 for _ in training.sentences),
            "unresolved_documents": len(corpus.unresolved),
        },
        metrics={},
        libraries={"python": platform.python_version(), **{library: version(library) for library in LIBRARIES}},
        settings=settings.to_dict(),
    )
    classifier = Classifier(model, manifest, name)
    predictions = Predictions.of(classifier, validation)
    for origin in sorted({document.origin for document in validation.documents}):
        of_origin = predictions.where(lambda record, origin=origin: record.origin == origin)  # type: ignore[misc]
        metrics = all_metrics(of_origin.truth, of_origin.probabilities)
        manifest.metrics[f"validation, {origin}"] = {key: round(value, 4) for key, value in metrics.items()}
    return classifier
