"""From a corpus to a model with a manifest: fit on one split, calibrate on another, say what came out."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from hedge.annotations import Corpus
from hedge.calibration import fit_calibration
from hedge.classifier import Classifier
from hedge.errors import MissingExtraError, ModelError
from hedge.evaluation.metrics import all_metrics
from hedge.evaluation.predictions import Predictions, logits_of
from hedge.models import MANIFEST_FILE, Manifest, Model, check_files, read_manifest
from hedge.training.linear import LinearSettings, fit_linear

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from hedge.inference.windows import WindowSettings
    from hedge.training.encoder.network import TwoHeads
    from hedge.training.encoder.settings import EncoderSettings

__all__ = ["finish_encoder", "train_encoder", "train_linear"]

LINEAR_LIBRARIES = ("numpy", "scikit-learn", "sentencex")
ENOUGH_REAL = 300
"""With so many real sentences to validate with, calibration is fitted on nothing else: it is real text that is read."""
ENCODER_LIBRARIES = ("numpy", "sentencex", "tokenizers", "torch", "transformers", "onnx", "onnxruntime")


def train_linear(corpus: Corpus, settings: LinearSettings | None = None, name: str = "linear") -> Classifier:
    """Fit the linear model on the training split and calibrate it on the validation split.

    :return: The classifier; ``hedge.models.save_model`` stores its model and manifest.
    :raises AnnotationError: if a split is empty or the training split lacks a label.
    :raises MissingExtraError: if scikit-learn is not installed.
    """
    settings = settings or LinearSettings()
    _check(corpus)
    return _calibrated(fit_linear(corpus.split("train"), settings), corpus, settings.to_dict(), name, LINEAR_LIBRARIES)


def train_encoder(
    corpus: Corpus,
    base: str | Path,
    checkpoints: Path,
    settings: EncoderSettings | None = None,
    name: str = "encoder",
    *,
    seed: int = 0,
    resume: bool = False,
) -> Classifier:
    """Fine-tune an encoder on the training split, export it as int8, and calibrate it on the validation split.

    How readily it marks cues and sources is fitted on the validation split, too.

    :param base: The encoder's folder as transformers writes it, its name on the model hub, or the folder of an encoder
        model of ours, to train on from it.
    :param checkpoints: A folder for what training can go on from.
    :param resume: Go on from the last checkpoint there, if there is one.
    :return: The classifier; ``hedge.models.save_model`` stores its model and manifest.
    :raises AnnotationError: if a split is empty.
    :raises MissingExtraError: if what training needs is not installed.
    :raises ModelError: if there is no such base, or its tokenizer has no tokens that begin and end a window; the
        checkpoints to go on from are of another training; there are several GPUs; or int8 loses too much on validation
        text.
    """
    try:
        import hedge.training.encoder.export  # noqa: F401 - what it needs is not to be missed after hours of training
        from hedge.training.encoder.fit import fit_encoder
        from hedge.training.encoder.settings import EncoderSettings
    except ImportError as error:
        raise MissingExtraError("Training an encoder", "train") from error

    settings = settings or EncoderSettings()
    _check(corpus)
    _check_base(base)
    network, tokenizer, windows = fit_encoder(corpus, base, settings, checkpoints, seed=seed, resume=resume)
    return finish_encoder(network, tokenizer, windows, corpus, base, {**settings.to_dict(), "seed": seed}, name)


def finish_encoder(
    network: TwoHeads,
    tokenizer: Tokenizer,
    windows: WindowSettings,
    corpus: Corpus,
    base: str | Path,
    settings: Mapping[str, Any],
    name: str = "encoder",
) -> Classifier:
    """Export a trained network as int8; fit how readily it marks words, and calibrate it, on the validation split.

    :param base: What it was trained from: its tokenizer's settings are stored for training on.
    :param settings: How it was trained, for the manifest.
    :return: The classifier; ``hedge.models.save_model`` stores its model and manifest.
    :raises ModelError: if int8 loses too much on validation text.
    """
    from hedge.training.encoder.export import export, retraining_files
    from hedge.training.encoder.tag_bias import fit_tag_bias
    from hedge.training.encoder.torch_model import in_torch

    validation = corpus.split("validation")
    fit_tag_bias(network, in_torch(network, tokenizer, windows), validation)
    model, loss = export(network, tokenizer, windows, validation)
    model = replace(model, retraining=retraining_files(network, base))
    described = {
        **settings,
        "base": Path(base).name,
        "reads_quotation_marks": windows.quotation_mark_id is not None,
        "int8_same_labels": loss.same_labels,
    }
    return _calibrated(model, corpus, described, name, ENCODER_LIBRARIES)


def _check_base(base: str | Path) -> None:
    from safetensors import SafetensorError
    from transformers import AutoConfig

    from hedge.training.encoder.static import StaticEncoder

    folder = Path(base)
    if (folder / MANIFEST_FILE).is_file():
        manifest = read_manifest(folder)
        if manifest.kind != "encoder":
            raise ModelError(f"{base}: a model of the family {manifest.kind!r} cannot be trained on; name an encoder")
        check_files(folder, manifest, manifest.files)
    try:
        if StaticEncoder.is_at(base):
            StaticEncoder.from_pretrained(base)
        else:
            AutoConfig.from_pretrained(base)
    except (OSError, ValueError, SafetensorError) as error:
        reason = str(error).splitlines()[0]
        raise ModelError(
            f"{base}: no pretrained encoder ({reason}); name a local folder as transformers or model2vec writes it, "
            "or an id on the model hub, which needs the network unless it was fetched before"
        ) from error


def _check(corpus: Corpus) -> None:
    for split in ("train", "validation"):
        corpus.nonempty_split(split)


def _calibrated(
    model: Model, corpus: Corpus, settings: Mapping[str, Any], name: str, libraries: tuple[str, ...]
) -> Classifier:
    """Fit temperature and power, and put down what the model was made of and how it does on validation text."""
    training, validation = corpus.split("train"), corpus.split("validation")
    logits = logits_of(model, validation)
    truth = np.array([sentence.class_index for sentence in validation.sentences])
    real = np.array([document.origin == "real" for document in validation.documents for _ in document.sentences])
    rows = real if real.sum() >= ENOUGH_REAL else slice(None)
    temperature, power = fit_calibration(logits[rows], truth[rows])
    manifest = Manifest(
        kind=model.kind,
        created=date.today().isoformat(),
        temperature=temperature,
        power=power,
        data={
            "sha256": corpus.sha256,
            "training_documents": len(training.documents),
            "training_sentences": sum(1 for _ in training.sentences),
            "unresolved_documents": len(corpus.unresolved),
            "calibration_sentences": len(truth[rows]),
        },
        metrics={},
        libraries={"python": platform.python_version(), **{library: version(library) for library in libraries}},
        settings=dict(settings),
    )
    classifier = Classifier(model, manifest, name)
    predictions = Predictions.of(classifier, validation)
    for origin in sorted({document.origin for document in validation.documents}):
        of_origin = predictions.where(lambda record, origin=origin: record.origin == origin)  # type: ignore[misc]
        metrics = all_metrics(of_origin.truth, of_origin.probabilities)
        manifest.metrics[f"validation, {origin}"] = {key: round(value, 4) for key, value in metrics.items()}
    return classifier
