"""The trained network as an int8 ONNX file with fused attention, checked against the network it was made from."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model
from tokenizers import Tokenizer
from torch import nn

from hedge.annotations import Corpus
from hedge.errors import ModelError
from hedge.evaluation.metrics import all_metrics, one_hot
from hedge.evaluation.predictions import logits_of
from hedge.inference.encoder import TOKENIZER, EncoderModel, cores, session
from hedge.inference.windows import WindowSettings
from hedge.training.encoder.embeddings import quantise_rows
from hedge.training.encoder.half import halve
from hedge.training.encoder.network import TwoHeads, save_pretrained
from hedge.training.encoder.smoothing import smoothed
from hedge.training.encoder.torch_model import in_torch

__all__ = ["Loss", "export", "int8_loss", "onnx_model", "retraining_files"]

MOST_LOST_F1 = 0.005
LEAST_SAME_LABELS = 0.985
OPSET = 17
IDS = "input_ids"
ATTENTION_MASK = 3
"""Its place among the inputs of the fused operator."""


@dataclass(frozen=True)
class Loss:
    """What a network loses by quantisation, on validation text."""

    macro_f1: float
    """By how much it is lower than that of fp32."""
    same_labels: float
    """The part of the sentences that keep their label."""


class _Exported(nn.Module):
    def __init__(self, network: TwoHeads) -> None:
        super().__init__()
        self.network = network

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor | None = None) -> torch.Tensor:
        return self.network.outputs(input_ids, attention_mask)


def export(
    network: TwoHeads, tokenizer: Tokenizer, windows: WindowSettings, validation: Corpus
) -> tuple[EncoderModel, Loss]:
    """Return the int8 model and what it loses.

    If that is too much, the matrices that narrow, whose inputs have the largest outliers, are kept in half precision
    and multiply in single precision: that is slower by a third.

    :raises ModelError: if that is more than 0.5 points of macro-F1, or fewer than 98.5 % of the labels stay.
    """
    before = in_torch(network, tokenizer, windows)
    guesses: list[npt.NDArray[np.intp]] = []
    smooth = smoothed(network, lambda: guesses.append(logits_of(before, validation).argmax(axis=1)))
    for narrowing in (True, False):
        model = onnx_model(smooth, tokenizer, windows, narrowing=narrowing)
        loss = int8_loss(guesses[0], model, validation)
        if loss.macro_f1 <= MOST_LOST_F1 and loss.same_labels >= LEAST_SAME_LABELS:
            return model, loss
    raise ModelError(
        f"int8 loses too much: {loss.macro_f1:.4f} of macro-F1, and only {loss.same_labels:.2%} of the labels stay; "
        "another seed or base may fare better"
    )


def retraining_files(network: TwoHeads, base: str | Path) -> dict[str, bytes]:
    """Return the files that training on from a network needs, beside its tokenizer: all of them as transformers has it.

    :param base: What it was trained from.
    """
    with tempfile.TemporaryDirectory() as folder:
        save_pretrained(network, base, Path(folder))
        return {file.name: file.read_bytes() for file in Path(folder).iterdir() if file.name != TOKENIZER}


def onnx_model(
    network: TwoHeads,
    tokenizer: Tokenizer,
    windows: WindowSettings,
    *,
    threads: int | None = None,
    narrowing: bool = True,
) -> EncoderModel:
    """Return the int8 model for ONNX Runtime, whatever that loses.

    :param threads: As many as there are cores unless given.
    :param narrowing: Whether matrices that narrow are int8, too: of feed-forward blocks, and of the heads.
    """
    content = _onnx(network, narrowing=narrowing)
    return EncoderModel(tokenizer, session(content), windows, threads or cores(), content)


def int8_loss(before: npt.NDArray[np.intp], model: EncoderModel, validation: Corpus) -> Loss:
    """Compare a model with the guesses of the network that it was made from, on the sentences of a corpus."""
    truth = np.array([sentence.class_index for sentence in validation.sentences])
    guesses = [before, logits_of(model, validation).argmax(axis=1)]
    scores = [all_metrics(truth, one_hot(guess))["macro_f1"] for guess in guesses]
    return Loss(scores[0] - scores[1], float((guesses[0] == guesses[1]).mean()))


def _onnx(network: TwoHeads, *, narrowing: bool) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        fused, small = Path(name) / "fused.onnx", Path(name) / "small.onnx"
        model = _fused(network, Path(name) / "plain.onnx")
        quantise_rows(model)
        kept = [] if narrowing else _narrowing(model)
        halve(model, kept)
        onnx.save(model, fused)
        quantize_dynamic(
            fused,
            small,
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Attention", "Conv"],
            nodes_to_exclude=kept,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
        return small.read_bytes()


def _narrowing(model: onnx.ModelProto) -> list[str]:
    shapes = {array.name: array.dims for array in model.graph.initializer}
    sizes = {node.name: shapes.get(node.input[1], ()) for node in model.graph.node if node.op_type == "MatMul"}
    return [name for name, size in sizes.items() if len(size) == 2 and size[0] > size[1]]


def _fused(network: TwoHeads, file: Path) -> onnx.ModelProto:
    """Return the network with attention fused, where it is of a form that can be, and other operators."""
    configuration = network.encoder.config
    heads = getattr(configuration, "num_attention_heads", 0)
    options = FusionOptions("bert")
    options.enable_skip_layer_norm = options.enable_bias_skip_layer_norm = False  # see hedge.inference.encoder.session
    options.enable_embed_layer_norm = False  # its weights would be rounded too
    # Attention is recognised by its mask, which is then taken out: windows run one by one, so that nothing is padded.
    # Where a mask is still read, attention was not recognised, and is exported without.
    for masked in [True, False] if heads else [False]:
        _to_onnx(network, file, masked=masked)
        model = optimize_model(
            str(file),
            model_type="bert",
            num_heads=heads,
            hidden_size=configuration.hidden_size if heads else 0,
            optimization_options=options,
        )
        for node in model.get_nodes_by_op_type("Attention"):
            if masked:
                node.input[ATTENTION_MASK] = ""
        model.prune_graph(allow_remove_graph_inputs=True)
        if [value.name for value in model.graph().input] == [IDS]:
            break
    return model.model


def _to_onnx(network: TwoHeads, file: Path, *, masked: bool) -> None:
    inputs = {IDS: torch.full((2, 8), 5)}
    if masked:
        inputs["attention_mask"] = torch.tensor([[1] * 8, [1] * 6 + [0] * 2])
    torch.onnx.export(
        _Exported(network).eval(),
        tuple(inputs.values()),
        str(file),
        input_names=list(inputs),
        output_names=["outputs"],
        dynamic_axes={name: {0: "windows", 1: "tokens"} for name in (*inputs, "outputs")},
        opset_version=OPSET,
        dynamo=False,
    )
