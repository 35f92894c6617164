"""What a notebook holds becomes the file that the page reads, whatever library it comes from."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from accuracy_lens.arrays import as_array
from accuracy_lens.notebook.arrays import as_npz
from metrics_core.errors import InputError
from metrics_core.reading import guess_roles, read_columns, to_predictions


class Tensor:
    """As a tensor of PyTorch behaves: on another device, with a graph, of a type numpy lacks."""

    def __init__(self, values, steps=(), dtype="torch.float32"):
        self.values, self.steps, self.dtype = values, steps, dtype

    def detach(self):
        return Tensor(self.values, (*self.steps, "detach"), self.dtype)

    def cpu(self):
        return Tensor(self.values, (*self.steps, "cpu"), self.dtype)

    def float(self):
        return Tensor(self.values, self.steps, "torch.float32")

    def __array__(self, dtype=None, copy=None):
        assert self.steps == ("detach", "cpu")
        assert self.dtype == "torch.float32"
        return np.array(self.values, np.float32)


def test_arrays_of_every_library_are_taken():
    values = [0.25, 0.75, 0.5]
    for given in (
        values, np.array(values), pd.Series(values), Tensor(values),
        Tensor(values, dtype="torch.bfloat16"),
    ):  # fmt: skip
        assert as_array(given).tolist() == values
    frame = pd.DataFrame({"cat": [0.25, 0.5], "dog": [0.75, 0.5]})
    assert as_array(frame).tolist() == [[0.25, 0.75], [0.5, 0.5]]


def read_back(content: bytes):
    table = read_columns(content, "stdin")
    return to_predictions(table, guess_roles(table)).predictions


def test_what_is_handed_over_is_what_the_page_reads():
    outputs = np.random.default_rng(1).random((50, 3)).astype(np.float32)
    labels = np.arange(50) % 3
    weight = np.linspace(0.5, 2, 50)
    data = read_back(as_npz(labels, outputs, weight, ["cat", "dog", "cow"]))
    assert data.kind == "sparse"
    assert data.class_names == ("cat", "dog", "cow")
    assert np.array_equal(data.y_pred, outputs)
    assert data.y_pred.dtype == np.float32
    assert np.array_equal(data.sample_weight, weight)


def test_what_cannot_be_used_is_refused_at_once():
    for labels, outputs in (([0, 1], [0.2]), ([0, 1], ["a", "b"]), ([], [])):
        with pytest.raises(InputError):
            as_npz(labels, outputs)
