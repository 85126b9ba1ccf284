"""The network as a model that answers before it is exported."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from transformers import AutoTokenizer

from hedge.errors import ModelError
from hedge.inference.encoder import EncoderModel
from hedge.inference.windows import WindowSettings
from hedge.training.encoder.network import TwoHeads
from hedge.training.encoder.settings import EncoderSettings

__all__ = ["in_torch", "tokenizer_and_windows"]

OPENING_MARKS = ("“", '"')
"""What may stand before a sentence that begins inside a quotation: the first of these that the tokenizer knows."""
FIRST_TOKENS, END_TOKENS = ("[CLS]", "<s>"), ("[SEP]", "</s>")
"""What they are called where a tokenizer does not say which they are, as those of model2vec do not."""


def in_torch(network: TwoHeads, tokenizer: Tokenizer, windows: WindowSettings) -> EncoderModel:
    """Return the model as it answers before it is exported: the same windows and decoding, run by torch."""

    def run(ids: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        batch = torch.from_numpy(ids)[None, :].to(next(network.parameters()).device)
        with torch.inference_mode():
            outputs = network.outputs(batch)[0].float().cpu().numpy()
        return np.asarray(outputs, np.float32)

    return EncoderModel(tokenizer, run, windows, threads=1)


def tokenizer_and_windows(base: str | Path, settings: EncoderSettings) -> tuple[Tokenizer, WindowSettings]:
    """Return the tokenizer of an encoder, and how windows are packed for it.

    :param base: The encoder's folder, or its name on the model hub.
    :raises ModelError: if the tokenizer has no tokens that begin and end a window.
    """
    loaded = AutoTokenizer.from_pretrained(base)
    tokenizer = loaded.backend_tokenizer
    tokenizer.no_truncation()
    tokenizer.no_padding()
    overlap = settings.sentences - 1 if settings.sentences else settings.overlap
    first = _token_id(tokenizer, loaded.cls_token_id, FIRST_TOKENS)
    end = _token_id(tokenizer, loaded.sep_token_id, END_TOKENS)
    if first is None or end is None:
        raise ModelError(f"{base}: its tokenizer has no tokens that begin and end what is read (cls_token, sep_token)")
    mark = _quotation_mark_id(tokenizer) if settings.quotation_marks else None
    return tokenizer, WindowSettings(settings.window, overlap, first, end, settings.sentences, mark)


def _token_id(tokenizer: Tokenizer, known: int | None, names: tuple[str, ...]) -> int | None:
    ids = [known, *(tokenizer.token_to_id(name) for name in names)]
    return next((number for number in ids if number is not None), None)


def _quotation_mark_id(tokenizer: Tokenizer) -> int | None:
    """Return the token of an opening mark, if there is one."""
    for mark in OPENING_MARKS:
        ids = tokenizer.encode(mark, add_special_tokens=False).ids
        if len(ids) == 1 and tokenizer.decode(ids).strip() == mark:
            return int(ids[0])
    return None
