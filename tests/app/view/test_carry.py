"""What the table says of a control holds on the pages: carried, in the URL, put back."""

from __future__ import annotations

import io
import time

import numpy as np
import pytest
from streamlit.runtime.state.session_state import SessionState

from accuracy_lens.view.control_table.table import CONTROLS

METRICS = "pages/explore/metrics.py"
DOCTOR = "pages/explain/doctor.py"
NUMBER = "pages/explain/number.py"
TRAINING = "pages/learn/training.py"
METRICS_VALUES = {
    "labels": "class-indices", "activation": "softmax", "threshold": 0.25, "k": 2, "beta": 2.0,
    "average": "batch-means", "batch": 7, "weighted": True, "card": "precision",
    "sample": 11, "formula": "mean(y_pred)", "formula_batch": 9,
}  # fmt: skip
CLASS_VALUES = {"against": 0}
"""Where there are two classes."""
ON_METRICS_ALONE = ("card", "sample", "formula", "formula_batch")
TRAINING_VALUES = {
    "experiment": "your-own", "run_dataset": "moons",
    "run_scale": "0..255", "run_shuffled": "training", "run_kept": 0.7, "run_layers": 2,
    "run_units": 8, "run_hidden_activation": "tanh", "run_output_activation": "none",
    "run_dropout": 0.2, "run_batch_norm": True, "run_from_logits": True,
    "run_class_weight": "balanced",
    "run_optimizer": "sgd", "run_learning_rate": 0.01, "run_batch_size": 16, "run_epochs": 4,
    "run_seed": 5, "run_metrics": ["binary_accuracy"],
}  # fmt: skip
FURTHER_VALUES = ({"run_loss": "mean_squared_error"}, {"run_label_form": "sparse"})
"""Of these each takes others away."""
RUN_VALUES = {"curves": "counted", "at_epoch": 2}
KINDS = ("number_input", "slider", "selectbox", "toggle", "button_group", "multiselect",
         "text_input")  # fmt: skip


def widget(lens, key):
    found = [w for kind in KINDS for w in getattr(lens.app, kind) if w.key == key]
    assert found, f"no widget {key}"
    return found[0]


def shown(lens):
    """Everything that is shown but the controls themselves."""
    parts = [lens.texts, *(e.proto.json for e in lens.app.get("bidi_component"))]
    parts += [e.value for e in (*lens.app.latex, *lens.app.code)]
    parts += [metric.value for metric in lens.app.metric]
    parts += [frame.value.to_csv() for frame in lens.app.dataframe]
    return "\n".join(parts)


def set_each(lens, values):
    """Set one after the other; each must change what is shown."""
    for key, value in values.items():
        before = shown(lens)
        widget(lens, key).set_value(value)
        lens.run()
        assert shown(lens) != before, f"{key} changes nothing"


def turn_there_and_back(lens, page):
    turn(lens, NUMBER)
    return turn(lens, page)


def turn(lens, page):
    """Turn to a page without what Streamlit itself keeps of a bound widget that is not drawn."""
    kept_state = lens.app.session_state
    while not isinstance(kept_state, SessionState):
        kept_state = object.__getattribute__(kept_state, "_state")
    kept_state._query_param_bound_widget_ids.clear()
    kept_state._persist_tracker.clear()
    lens.app.switch_page(page)
    return lens.run()


def kept(lens, values):
    return {key: widget(lens, key).value for key in values}


def test_every_control_that_is_carried_is_turned_with_its_page():
    carried = {name for name, row in CONTROLS.items() if row.carried}
    assert carried == {
        *METRICS_VALUES, *CLASS_VALUES, *TRAINING_VALUES, *RUN_VALUES, *FURTHER_VALUES[0],
        *FURTHER_VALUES[1],
        "muted",  # turned with its page in test_doctor_page
        "story",  # turned with its page in test_door
    }  # fmt: skip


def weighted_multi_label(n: int = 60, labels: int = 3) -> bytes:
    random = np.random.default_rng(8)
    buffer = io.BytesIO()
    np.savez(
        buffer,
        y_true=random.integers(0, 2, (n, labels)),
        y_pred=random.normal(0.4, 0.6, (n, labels)).astype("f4"),
        sample_weight=random.random(n),
    )
    return buffer.getvalue()


def two_classes(n: int = 60) -> bytes:
    random = np.random.default_rng(10)
    buffer = io.BytesIO()
    ones = random.random(n)
    np.savez(
        buffer,
        y_true=(random.random(n) < ones).astype(np.int64),
        y_pred=np.stack([1 - ones, ones], axis=1).astype("f4"),
    )
    return buffer.getvalue()


def weighted_classes(n: int = 60, classes: int = 4) -> bytes:
    random = np.random.default_rng(9)
    buffer = io.BytesIO()
    np.savez(
        buffer,
        y_true=np.eye(classes, dtype=np.int64)[random.integers(0, classes, n)],
        y_pred=random.normal(0.0, 2.0, (n, classes)).astype("f4"),
        sample_weight=random.random(n),
    )
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "keys"),
    [
        (weighted_multi_label, ("threshold", "beta", "average", "batch", "weighted", "card",
                                "sample", "formula", "formula_batch")),
        (weighted_classes, ("labels", "activation", "k")),
        (two_classes, ("against",)),
    ],
    ids=["multi-label", "classes", "two classes"],
)  # fmt: skip
def test_the_view_of_the_metrics_page_is_carried(visit, content, keys):
    values = {key: (METRICS_VALUES | CLASS_VALUES)[key] for key in keys}
    lens = visit(data="upload").drop("outputs.npz", content()).click("use")
    set_each(lens, values)
    before = shown(lens)
    alone = (*ON_METRICS_ALONE, *CLASS_VALUES)
    shared = {key: value for key, value in values.items() if key not in alone}
    turn(lens, DOCTOR)
    assert kept(lens, shared) == shared
    turn_there_and_back(lens, METRICS)
    assert kept(lens, values) == values
    assert shown(lens) == before


def test_every_control_of_the_metrics_page_is_in_one_of_these_visits():
    assert {
        "threshold", "beta", "average", "batch", "weighted", "card", "sample", "formula",
        "formula_batch", "labels", "activation", "k",
    } == set(METRICS_VALUES)  # fmt: skip


def test_the_view_of_the_training_page_is_carried(visit, quick):
    lens = visit()
    lens.app.switch_page(TRAINING)
    lens.run()
    set_each(lens, TRAINING_VALUES)
    lens.click("train")
    end = time.monotonic() + 20
    while not any("4 epochs in" in bar.proto.text for bar in lens.app.get("progress")):
        assert time.monotonic() < end, [bar.proto.text for bar in lens.app.get("progress")]
        time.sleep(0.05)
        lens.run()
    set_each(lens, RUN_VALUES)
    before = shown(lens)
    turn_there_and_back(lens, TRAINING)
    values = TRAINING_VALUES | RUN_VALUES
    assert kept(lens, values) == values
    assert shown(lens) == before
    for values in FURTHER_VALUES:
        set_each(lens, values)
        turn_there_and_back(lens, TRAINING)
        assert kept(lens, values) == values


def test_a_control_is_in_the_url_under_the_name_of_the_table(visit):
    asked = {"threshold": 0.25, "beta": 2.0, "show": "wrong", "sample": 4}
    query = {CONTROLS[key].url_name: value for key, value in asked.items()}
    lens = visit(data="generate", kind="multi-label", seed=3, **query)
    assert kept(lens, asked) == asked


def test_another_scenario_puts_back_what_belongs_to_the_data_and_nothing_else(visit):
    lens = visit(beta=3.0, show="wrong")
    lens.set(sample=7, threshold=0.9, scenario="sigmoid-of-zero")
    put_back = {name for name, row in CONTROLS.items() if row.of_data}
    assert put_back == {
        "labels", "activation", "threshold", "k", "card", "sample", "page", "against",
        "which_release", "which_loss", "which_activation", "which_library",
    }  # fmt: skip
    assert kept(lens, ("sample", "threshold")) == {"sample": 0, "threshold": 0.5}
    assert widget(lens, "show").value == "wrong"


def test_what_a_link_set_is_in_the_address_of_the_next_page_at_once(visit):
    lens = visit(threshold=0.3, beta=2)
    lens.app.switch_page("pages/explore/thresholds.py")
    lens.app.query_params.clear()  # as Streamlit does with what was bound on the page before
    lens.run()
    assert lens.app.number_input(key="threshold").value == 0.3
    assert lens.app.query_params["threshold"] == "0.3"
