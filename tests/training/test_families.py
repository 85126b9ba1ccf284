"""Encoders of the families that people train from: with heads, and exported."""

from __future__ import annotations

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
onnx = pytest.importorskip("onnx")

from hedge.labels import Label  # noqa: E402
from hedge.training.encoder.export import onnx_model  # noqa: E402
from hedge.training.encoder.network import TwoHeads  # noqa: E402
from hedge.training.encoder.settings import EncoderSettings  # noqa: E402
from hedge.training.run import train_encoder  # noqa: E402

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.slow]

VOCABULARY = 60
SIZES = {
    "vocab_size": VOCABULARY,
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 64,
}
SPECIAL = {"pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2, "cls_token_id": 1, "sep_token_id": 2}
DISENTANGLED = {"relative_attention": True, "pos_att_type": ["p2c", "c2p"], "position_buckets": 8}
FUSED = {
    "bert": SIZES,
    "electra": {**SIZES, "embedding_size": 32},
    "roberta": SIZES,
    "distilbert": {"vocab_size": VOCABULARY, "dim": 32, "n_layers": 2, "n_heads": 2, "hidden_dim": 64},
}
PLAIN = {
    "mpnet": SIZES,
    "albert": {**SIZES, "embedding_size": 16},
    "deberta-v2": {**SIZES, **DISENTANGLED, "norm_rel_ebd": "layer_norm", "share_att_key": True},
    "modernbert": {**SIZES, **SPECIAL},
}


@pytest.fixture
def network(request, tmp_path):
    """A network of a family, whose matrices do more than just after they were drawn."""
    name, settings = request.param
    torch.manual_seed(0)
    configuration = transformers.AutoConfig.for_model(name, **settings)
    transformers.AutoModel.from_config(configuration).save_pretrained(tmp_path)
    network = TwoHeads.from_base(tmp_path).eval()
    for parameter in network.parameters():
        if parameter.dim() == 2:
            parameter.data *= 4
    return network


@pytest.mark.parametrize("network", [*FUSED.items(), *PLAIN.items()], ids=[*FUSED, *PLAIN], indirect=True)
def test_a_network_answers_as_int8_as_it_did_before(network):
    model = onnx_model(network, None, None)
    for length in (3, 40):
        ids = torch.randint(5, VOCABULARY, (1, length), generator=torch.Generator().manual_seed(length))
        with torch.inference_mode():
            expected = network.outputs(ids)[0].numpy()
        found = model.run(ids[0].numpy())
        assert np.abs(found - expected).mean() < 0.05 * expected.std()


@pytest.mark.parametrize("network", FUSED.items(), ids=FUSED, indirect=True)
def test_attention_is_fused_where_it_is_known(network):
    operators = [node.op_type for node in onnx.load_from_string(onnx_model(network, None, None).network).graph.node]
    assert sum(operator in {"Attention", "QAttention"} for operator in operators) == 2


@pytest.mark.parametrize("network", [("distilbert", FUSED["distilbert"]), ("mpnet", SIZES)], indirect=True)
def test_attention_is_trained_without_dropout(network):
    rates = [module.p for name, module in network.named_modules() if "attention" in name and hasattr(module, "p")]
    assert 0.0 in rates


def test_words_are_marked_where_tokens_hold_the_space_before_them(tiny_corpus, tmp_path):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    special = ["[PAD]", "[CLS]", "[SEP]"]
    trainer = trainers.BpeTrainer(
        vocab_size=400, special_tokens=special, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()
    )
    tokenizer.train_from_iterator([sentence.text for sentence in tiny_corpus.sentences], trainer)
    base = tmp_path / "base"
    names = dict(zip(("pad_token", "cls_token", "sep_token"), special, strict=True))
    transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, **names).save_pretrained(base)
    torch.manual_seed(0)
    configuration = transformers.AutoConfig.for_model("modernbert", **{**PLAIN["modernbert"], "vocab_size": 400})
    transformers.AutoModel.from_config(configuration).save_pretrained(base)
    settings = EncoderSettings(
        window=48, training_windows=(0, 48), learning_rate=5e-3, batch_tokens=100, epochs=30, evaluations=3
    )
    classifier = train_encoder(tiny_corpus, base, tmp_path / "steps", settings)
    (sentence,) = classifier.classify("The mast shut , she said .").sentences
    assert (sentence.label, [cue.text for cue in sentence.cues]) == (Label.REPORT, ["said"])
    assert sentence.source.text == "she"
