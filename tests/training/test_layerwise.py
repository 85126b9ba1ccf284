from __future__ import annotations

import copy

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from hedge.errors import ModelError  # noqa: E402
from hedge.training.encoder.layerwise import LayerwiseStudent  # noqa: E402
from hedge.training.encoder.narrow import narrowed  # noqa: E402


@pytest.fixture
def batch():
    ids = torch.randint(5, 28, (6, 8), generator=torch.Generator().manual_seed(0))
    mask = torch.ones_like(ids)
    mask[:3, 5:] = 0
    return {"input_ids": ids, "attention_mask": mask}


def test_it_learns_to_return_what_the_teacher_returns(network, batch, tmp_path):
    narrowed(network, 24, lambda one: one.outputs(batch["input_ids"])).save(tmp_path)
    student = LayerwiseStudent.of(network, tmp_path)
    before = student(**batch)["loss"].item()
    right = {name: value.clone() for name, value in network.state_dict().items()}
    optimiser = torch.optim.AdamW(student.parameters(), lr=1e-3)
    for _ in range(60):
        optimiser.zero_grad()
        student(**batch)["loss"].backward()
        optimiser.step()
    assert student(**batch)["loss"].item() < 0.4 * before
    assert all(torch.equal(value, right[name]) for name, value in network.state_dict().items())


def test_a_copy_of_the_teacher_has_nothing_to_learn(network, batch, tmp_path):
    network.save(tmp_path)
    student = LayerwiseStudent.of(copy.deepcopy(network), tmp_path)
    assert student.train()(**batch)["loss"].item() == pytest.approx(0, abs=1e-4)  # also: nothing is dropped out
    assert student.state_dict().keys() == network.state_dict().keys()


def test_padding_is_not_learnt(network, batch, tmp_path):
    narrowed(network, 24, lambda one: one.outputs(batch["input_ids"])).save(tmp_path)
    student = LayerwiseStudent.of(network, tmp_path)
    padded = {**batch, "input_ids": batch["input_ids"].masked_fill(batch["attention_mask"] == 0, 7)}
    assert student(**padded)["loss"].item() == pytest.approx(student(**batch)["loss"].item(), rel=1e-4)


def test_both_need_the_same_layers(network, tmp_path):
    shallow = copy.deepcopy(network)
    shallow.encoder.encoder.layer = shallow.encoder.encoder.layer[:1]
    shallow.encoder.config.num_hidden_layers = 1
    shallow.save(tmp_path)
    with pytest.raises(ModelError, match="cannot learn from"):
        LayerwiseStudent.of(network, tmp_path)
