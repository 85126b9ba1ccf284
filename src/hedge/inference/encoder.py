"""The encoder model at work: tokenizers, an ONNX Runtime session and numpy."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice, repeat
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

from hedge.answers import Answers, Marks
from hedge.inference.decoding import decode
from hedge.inference.parallel import Workers
from hedge.inference.windows import Tokens, Window, WindowSettings, windows
from hedge.labels import CLASSES
from hedge.segmentation import SegmentedText
from hedge.segmentation.quotation import quotation_states

__all__ = ["EncoderModel", "cores", "leads_of", "load_tokenizer", "session", "tokenise"]

FloatArray = npt.NDArray[np.float32]
Run = Callable[[npt.NDArray[np.int64]], FloatArray]
"""From the token ids of one window, shape (tokens,), to its outputs, shape (tokens, classes + tags)."""

SENTENCES_AT_ONCE = 64
"""How many are tokenised together."""
SURROGATE = re.compile("[\ud800-\udfff]")
TOKENIZER, NETWORK, WINDOWS = "tokenizer.json", "model.onnx", "windows.json"


@dataclass(frozen=True)
class EncoderModel:
    """A tokenizer, a network, and how sentences are packed for it.

    Windows are run one by one, several at a time on threads of their own: the activations of an int8 network are scaled
    by the largest in a run, so that in a batch the answer for a text would depend on its company.
    """

    tokenizer: Tokenizer
    run: Run
    settings: WindowSettings
    threads: int
    network: bytes = b""
    """The ONNX file."""
    retraining: Mapping[str, bytes] = field(default_factory=dict)
    """Files that only training on from this model needs, by name."""

    kind: ClassVar[str] = "encoder"
    files: ClassVar[tuple[str, ...]] = (TOKENIZER, NETWORK, WINDOWS)

    def answers(self, documents: Iterable[SegmentedText], *, ahead: bool = False) -> Iterator[Answers]:
        """Yield the answers for each document, in order.

        While windows run, what comes later is tokenised: of the same document, and with ``ahead`` of the next ones.
        Without it, no document is asked for before the answers for the one before are taken.
        """
        with Workers(self.threads) as workers:
            for group in [documents] if ahead else ([document] for document in documents):
                yield from self._together(group, workers)

    def _together(self, documents: Iterable[SegmentedText], workers: Workers) -> Iterator[Answers]:
        def items() -> Iterator[Window | None]:
            for segmented in documents:
                yield from windows(self.tokens(segmented), self.settings)
                yield None  # the document ends

        logits: list[FloatArray] = []
        marks: list[Marks] = []
        for answered in workers.map(self._answer, items()):
            if answered is None:
                yield Answers(np.array(logits, np.float32).reshape(-1, len(CLASSES)), tuple(marks))
                logits, marks = [], []
            for row, mark in answered or ():
                logits.append(row)
                marks.append(mark)

    def tokens(self, segmented: SegmentedText) -> Iterator[Tokens]:
        """Yield the tokens of each sentence, many tokenised at a time."""
        spans, leads = iter(segmented.spans), leads_of(segmented, self.settings)
        while batch := list(islice(spans, SENTENCES_AT_ONCE)):
            texts = [segmented.text[span.start : span.end] for span in batch]
            for text, encoding in zip(texts, tokenise(self.tokenizer, texts), strict=True):
                yield Tokens(encoding.ids, encoding.offsets, text, next(leads))

    def _answer(self, window: Window | None) -> list[tuple[FloatArray, Marks]] | None:
        if window is None:
            return None
        return list(decode(window, self.run(np.array(window.ids(self.settings), np.int64))))

    def write(self, folder: Path) -> None:
        """Write the model's files into a folder."""
        self.tokenizer.save(str(folder / TOKENIZER))
        (folder / NETWORK).write_bytes(self.network)
        for name, content in self.retraining.items():
            (folder / name).write_bytes(content)
        (folder / WINDOWS).write_text(json.dumps(asdict(self.settings), indent=2) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path, threads: int | None = None) -> EncoderModel:
        """Read what :meth:`write` wrote, but not what only training on from it needs.

        :param threads: How many windows run at a time; as many as the process may use cores unless given.
        """
        network = (folder / NETWORK).read_bytes()
        settings = WindowSettings(**json.loads((folder / WINDOWS).read_text(encoding="utf-8")))
        return cls(load_tokenizer(folder / TOKENIZER), session(network), settings, threads or cores(), network)


def leads_of(segmented: SegmentedText, settings: WindowSettings) -> Iterator[tuple[int, ...]]:
    """Yield what a window has before each sentence: a mark where a quotation goes on, if the settings have one."""
    if settings.quotation_mark_id is None:
        return repeat((), len(segmented.spans))
    mark = (settings.quotation_mark_id,)
    return (mark if state.opens_inside else () for state in quotation_states(segmented))


def tokenise(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Encoding]:
    """Return the tokens of texts, without those that begin and end a window.

    Halves of surrogate pairs, which the tokenizer refuses, are read as the replacement character.
    """
    return tokenizer.encode_batch([SURROGATE.sub("\ufffd", text) for text in texts], add_special_tokens=False)


def load_tokenizer(file: Path) -> Tokenizer:
    """Load a tokenizer that neither cuts nor pads: windows see to that."""
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def session(network: bytes) -> Run:
    """Return what runs an ONNX network, given as the content of its file, on the thread that calls it."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # windows run side by side
    options.log_severity_level = 3
    loaded: Any = onnxruntime.InferenceSession(
        network,
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # the fused operator takes five times as long as the two
    )

    def run(ids: npt.NDArray[np.int64]) -> FloatArray:
        outputs: FloatArray = loaded.run(None, {"input_ids": ids[None, :]})[0][0]
        return outputs

    return run


def cores() -> int:
    """Return how many cores the process may use."""
    if hasattr(os, "sched_getaffinity"):  # not everywhere
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
