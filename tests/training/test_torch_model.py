"""The tokenizer and the windows of a network that is trained."""

from __future__ import annotations

import pytest

pytest.importorskip("torch")
tokenizers = pytest.importorskip("tokenizers")
transformers = pytest.importorskip("transformers")

from hedge.errors import ModelError  # noqa: E402
from hedge.training.encoder.settings import EncoderSettings  # noqa: E402
from hedge.training.encoder.torch_model import tokenizer_and_windows  # noqa: E402


@pytest.mark.parametrize(("words", "expected"), [((), None), (('"',), 5), (('"', "“"), 6)])
def test_the_mark_is_one_that_the_tokenizer_knows(words, expected, tmp_path):
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]
    (tmp_path / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    transformers.BertTokenizerFast(vocab=str(tmp_path / "vocab.txt")).save_pretrained(tmp_path)
    assert tokenizer_and_windows(tmp_path, EncoderSettings())[1].quotation_mark_id == expected
    assert tokenizer_and_windows(tmp_path, EncoderSettings(quotation_marks=False))[1].quotation_mark_id is None


def test_a_tokenizer_without_tokens_that_begin_and_end_a_window_is_refused(tmp_path):
    words = tokenizers.models.WordLevel({"[UNK]": 0, "mill": 1}, "[UNK]")
    transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizers.Tokenizer(words)).save_pretrained(tmp_path)
    with pytest.raises(ModelError, match="no tokens that begin and end"):
        tokenizer_and_windows(tmp_path, EncoderSettings())
