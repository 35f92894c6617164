"""Cold deep links: a view's settings are in the URL, and a fresh visit with it shows the same."""

from __future__ import annotations

import pytest


def test_a_link_opens_generated_data_with_every_setting(visit):
    query = {
        "data": "Generate", "kind": "binary", "n": 500, "seed": 7, "separability": 1.0,
        "output": "logits", "activation": "sigmoid", "threshold": 0.25, "beta": 2.0,
        "card": "Recall", "sample": 12,
    }  # fmt: skip
    lens = visit(**query)
    assert lens.app.number_input(key="threshold").value == 0.25
    assert lens.app.selectbox(key="card").value == "recall"
    assert "500 samples" in lens.texts
    assert "Sample 12" in lens.texts
    by_hand = visit(data="Generate").set(
        n=500, seed=7, separability=1.0, output="logits", activation="sigmoid", threshold=0.25,
        beta=2.0,
    )  # fmt: skip
    assert by_hand.values == lens.values


def test_the_page_has_an_address_of_its_own(visit):
    lens = visit()
    lens.app.switch_page("pages/explore/metrics.py")
    lens.run()
    assert lens.values["binary_accuracy"] == "0.7396"


@pytest.mark.parametrize(
    ("name", "value"),
    [("threshold", "nan"), ("threshold", "abc"), ("activation", "tanh"), ("page", "-3"),
     ("k", "-1"), ("n", "1e12"), ("card", "no such"), ("sample", "999999"), ("data", "?")],
)  # fmt: skip
def test_a_spoiled_link_shows_the_default_view_and_no_error(visit, name, value):
    lens = visit(**{name: value})
    assert lens.values["binary_accuracy"] == "0.7396"
    assert lens.errors == []
