"""Every control changes what is shown: a dead one fails."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest

KINDS = (
    "number_input", "slider", "selectbox", "toggle", "button_group", "multiselect", "pagination",
)  # fmt: skip


FRAME = {"data", "language"}
"""Changed by tests of their own."""


def controls(lens: Any) -> list[tuple[str, str]]:
    return [
        (kind, widget.key)
        for kind in KINDS
        for widget in getattr(lens.app, kind)
        if widget.key not in ("data", "language")
        and not (kind == "pagination" and widget.num_pages == 1)
    ]


def widget_of(lens: Any, kind: str, key: str) -> Any:
    return next(w for w in getattr(lens.app, kind) if w.key == key)


def another_value(lens: Any, kind: str, key: str) -> Any:
    widget = widget_of(lens, kind, key)
    match kind:
        case "number_input":
            step = widget.step or 1
            up = widget.value + 3 * step
            return up if widget.max is None or up <= widget.max else widget.value - 3 * step
        case "slider":
            middle = (widget.min + widget.max) / 2
            return widget.max if abs(widget.value - middle) < 1e-9 else middle
        case "toggle":
            return not widget.value
        case "pagination":
            return widget.value + 1
        case "multiselect":
            return list(widget.value)[::-1]
    formatted = widget.format_func
    values = [option for option in widget.options if option != formatted(widget.value)]
    return values[-1] if kind == "button_group" else ("index", widget.options.index(values[-1]))


def choose(lens: Any, kind: str, key: str, value: Any) -> None:
    """Set a widget; nothing runs yet."""
    widget = widget_of(lens, kind, key)
    if isinstance(value, tuple) and value[0] == "index":
        widget.select_index(value[1])
    else:
        widget.set_value(value)


def change(lens: Any, kind: str, key: str, value: Any) -> None:
    choose(lens, kind, key, value)
    lens.run()


def outputs(lens: Any) -> str:
    """Everything shown but the controls themselves."""
    parts: list[str] = [lens.texts, str(lens.errors)]
    parts += [e.proto.json for e in lens.app.get("bidi_component")]
    parts += [e.value for e in (*lens.app.latex, *lens.app.code)]
    parts += [frame.value.to_csv() for frame in lens.app.dataframe]
    parts += [button.proto.label for button in lens.app.get("download_button")]
    return "\n".join(parts)


def upload_with_weights(visit: Any) -> Any:
    random = np.random.default_rng(3)
    buffer = io.BytesIO()
    np.savez(
        buffer,
        y_true=random.integers(0, 2, 120),
        y_pred=random.normal(0.5, 1, 120).astype("f4"),
        sample_weight=random.random(120),
    )
    return visit(data="upload").drop("outputs.npz", buffer.getvalue()).click("use")


STARTS = {
    "scenario": lambda visit: visit(),
    "binary": lambda visit: visit(data="generate"),
    "sparse": lambda visit: visit(data="generate", kind="multi-class-indices"),
    "multi-label": lambda visit: visit(data="generate", kind="multi-label", separability=1.0),
    "batches": lambda visit: visit(average="batch-means", show="wrong"),
    "upload": upload_with_weights,
}


@pytest.mark.parametrize("start", STARTS)
def test_every_control_changes_an_output(visit, start):
    def begun() -> Any:
        lens = STARTS[start](visit)
        return lens.run()  # a word of welcome goes with the second run

    lens = begun()
    found = controls(lens)
    assert len(found) >= 11
    dead = []
    for kind, key in found:
        if (kind, key) not in controls(lens):  # what was set before hides it
            lens = begun()
        if not changes(lens, kind, key) and not changes(begun(), kind, key):
            dead.append(key)
    assert dead == []


def changes(lens: Any, kind: str, key: str) -> bool:
    before = outputs(lens)
    change(lens, kind, key, another_value(lens, kind, key))
    return outputs(lens) != before


def test_the_walk_reaches_the_controls_that_a_visitor_has(visit):
    assert {key for _, key in controls(STARTS["upload"](visit))} >= {
        "activation", "threshold", "beta", "average", "weighted", "card", "sample",
        "show", "sort", "descending", "page",
    }  # fmt: skip
