#!/usr/bin/env python3
"""Where the time of labelling goes, and how near the network is to what the machine can do: ``results/profile.md``.

    python benchmarks/where_time_goes.py --pool TEXTS.jsonl[.gz] …

One thread does one step after the other on all texts, so that each can be timed by itself.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ["TOKENIZERS_PARALLELISM"] = "false"  # or tokenising alone would be on all cores

import numpy as np
import onnx
from onnx import TensorProto, helper
from rich import box
from rich.table import Table

import hedge
from environment import made_by
from hedge.inference.decoding import decode
from hedge.inference.encoder import EncoderModel
from hedge.inference.windows import windows
from hedge.output.markdown_table import markdown_table
from hedge.reading import Article
from hedge.segmentation.sentences import segment_article
from options import benchmark_parser
from peers import SENTENCES
from unlabelled import first_documents

ROUNDS = 5
SIDE = 1024
"""Of the square matrices by which the peak is measured."""


def main() -> None:
    """Run the benchmark."""
    parser = benchmark_parser(__doc__, "profile.md")
    parser.add_argument("--pool", type=Path, nargs="+", required=True, help="texts to label")
    parser.add_argument("--model", default="default")
    options = parser.parse_args()
    classifier = hedge.load(options.model)
    model = classifier.model
    if not isinstance(model, EncoderModel):
        parser.error(f"{options.model} is not an encoder model")
    texts = ["\n".join(document.sentences) for document in first_documents(options.pool, SENTENCES)]
    rounds = [steps(classifier, replace(model, threads=1), texts) for _ in range(ROUNDS)]
    medians = {name: statistics.median(one[name] for one in rounds) for name in rounds[0] if name != "tokens"}
    total = sum(medians.values())
    table = Table("step", "seconds", "part", box=box.MARKDOWN)
    for name, seconds in medians.items():
        table.add_row(name, f"{seconds:.2f}", f"{seconds / total:.0%}")
    operations = 2 * matrix_parameters(model.network) * rounds[0]["tokens"]
    reached, peak = operations / medians["network"] / 1e9, int8_peak() / 1e9
    text = "\n".join(
        [
            "# Where the time goes\n",
            made_by("benchmarks/where_time_goes.py", None, "onnxruntime", "tokenizers", "numpy", "sentencex"),
            f"{len(texts)} texts, {int(rounds[0]['tokens']):,} tokens, one thread, medians of {ROUNDS} rounds.\n",
            markdown_table(table) + "\n",
            f"The matrices of the network take {operations / 1e9:,.0f} billion int8 operations for these texts: "
            f"{reached:,.0f} billion a second while it runs. A product of two matrices of {SIDE} × {SIDE} int8 numbers "
            f"runs at {peak:,.0f} billion a second in the same runtime on one thread, so that the network is at "
            f"{reached / peak:.0%} of that. The rest is attention, normalisation, quantising activations, and matrices "
            "that are too small to fill the processor.\n",
        ]
    )
    options.output.write_text(text, encoding="utf-8")
    print(text)


def steps(classifier: hedge.Classifier, model: EncoderModel, texts: list[str]) -> dict[str, float]:
    """Return the seconds of every step, and how many tokens there were."""
    clock = Clock()
    segmented = clock("splitting into sentences", lambda: [segment_article(Article(text)) for text in texts])
    tokens = clock("tokenising", lambda: [list(model.tokens(document)) for document in segmented])
    packed = clock("packing windows", lambda: [list(windows(document, model.settings)) for document in tokens])
    flat = [window for document in packed for window in document]
    ids = clock("arrays", lambda: [np.array(window.ids(model.settings), np.int64) for window in flat])
    outputs = clock("network", lambda: [model.run(window) for window in ids])
    clock("decoding labels and spans", lambda: [list(decode(w, o)) for w, o in zip(flat, outputs, strict=True)])
    answers = list(model.answers(segmented))
    pairs = list(zip(texts, segmented, answers, strict=True))
    clock("probabilities and documents", lambda: [classifier.document(Article(t), s, a) for t, s, a in pairs])
    return {**clock.seconds, "tokens": float(sum(len(window) for window in ids))}


class Clock:
    """Times steps by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def __call__(self, name: str, step: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the step returns
        """Run a step."""
        began = time.perf_counter()
        result = step()
        self.seconds[name] = time.perf_counter() - began
        return result


def matrix_parameters(network: bytes) -> int:
    """Count the numbers in the quantised matrices of a network, without those that are only looked up."""
    graph = onnx.load_from_string(network).graph
    multiplied = {
        name for node in graph.node if "MatMul" in node.op_type or "Attention" in node.op_type for name in node.input
    }
    return sum(
        int(np.prod(array.dims)) for array in graph.initializer if array.name in multiplied and len(array.dims) == 2
    )


def int8_peak() -> float:
    """Return operations a second of a large product of int8 matrices, on one thread."""
    import onnxruntime

    generator = np.random.default_rng(0)
    weights = generator.integers(-128, 128, (SIDE, SIDE)).astype(np.int8)
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["a", "b"], ["c"])],
        "product",
        [helper.make_tensor_value_info("a", TensorProto.UINT8, [SIDE, SIDE])],
        [helper.make_tensor_value_info("c", TensorProto.INT32, [SIDE, SIDE])],
        [helper.make_tensor("b", TensorProto.INT8, weights.shape, weights.tobytes(), raw=True)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    inputs = {"a": generator.integers(0, 256, (SIDE, SIDE)).astype(np.uint8)}
    seconds = []
    for _ in range(4 * ROUNDS):
        began = time.perf_counter()
        session.run(None, inputs)
        seconds.append(time.perf_counter() - began)
    return 2 * SIDE**3 / statistics.median(seconds)


if __name__ == "__main__":
    main()
