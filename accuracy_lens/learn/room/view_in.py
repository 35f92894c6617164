"""What a teacher was looking at on another page, as a lesson of one question."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np

from accuracy_lens.view.control_table.controls import settings_in_view
from accuracy_lens.view.control_table.table import VIEW
from accuracy_lens.view.state import VISITOR, Source
from accuracy_lens.words.text import say
from metrics_core.catalog.rows import applicable
from metrics_core.catalog.variant import Variant
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings

MOST_OUTPUTS = 20_000
"""Of data that are written into the lesson; scenarios and generated data are named instead."""
_DIGITS = 2
_LONGEST = 60


def in_view() -> tuple[Source, Variant] | None:
    """The data that were in view last, and the card that was selected; None where there are none.

    Without a selected card that fits the data it is the first that does.
    """
    source = VISITOR.source
    if source is None or not (_name(source) or _can_be_written(source.predictions)):
        return None
    rows = {row.name: row for row in applicable(source.predictions) if row.is_accuracy}
    if not rows:
        return None
    return source, rows.get(VIEW.card) or next(iter(rows.values()))


def lesson_of(source: Source, variant: Variant) -> dict[str, Any]:
    """A lesson that asks what a metric is on these data, with the settings in view.

    Returns
    -------
    dict
        Plain values, as `metrics_core.lessons.parsing.parse_lesson` reads them, in the words of
        the visitor's language.
    """
    settings = settings_in_view(source.predictions)
    metric, data = _words(say(variant.title)), _words(source.title)
    truth = f"{{result:.{_DIGITS + 2}f}}"
    true = say("{metric} of these outputs is {value}.", metric=metric, value=truth)
    told = say("It is {value}.", value=truth)
    return {
        "name": "view",
        "title": data,
        "question": say("What is {metric} of these outputs?", metric=metric),
        "minutes": 5,
        "before": [],
        "keep": true,
        "data": {"view": _data(source) | {"title": data}},
        "recipes": {"view": {"data": "view", "variant": variant.name} | _changed(settings)},
        "values": {"result": "view.result"},
        "steps": [
            {
                "predict": "number",
                "ask": _asked(metric, variant, source.predictions, settings),
                "recipe": "view",
                "number": "result",
                "digits": _DIGITS,
                "answer": told,
                "otherwise": told,
            },
            {"reveal": "number", "text": true, "view": "view"},
        ],
    }


def _asked(metric: str, variant: Variant, data: Predictions, settings: Settings) -> list[str]:
    asked = [say("What is {metric} of these outputs? Two decimals.", metric=metric)]
    if settings.activation != "none":
        asked.append(say("{activation} is applied first.", activation=settings.activation))
    if "threshold" in variant.uses(data.kind):
        above = say("A score above {threshold} is class 1.", threshold=f"{settings.threshold:g}")
        asked.append(above)
    return asked


def _data(source: Source) -> dict[str, Any]:
    if name := _name(source):
        return {name: source.origin[name]}
    data = source.predictions
    arrays: dict[str, Any] = {
        "y_true": data.y_true.tolist(), "y_pred": data.y_pred.tolist(), "kind": data.kind,
    }  # fmt: skip
    if data.sample_weight is not None:
        arrays["sample_weight"] = data.sample_weight.tolist()
    if data.class_names:
        arrays["class_names"] = list(data.class_names)
    return {"arrays": arrays}


def _name(source: Source) -> str:
    """How the lesson says which data they are; empty where it has to write them down."""
    return next((name for name in ("scenario", "generated") if name in source.origin), "")


def _can_be_written(data: Predictions) -> bool:
    """Whether a lesson gives the same numbers: its outputs are float32, and finite."""
    with np.errstate(over="ignore"):
        single = data.y_pred.astype(np.float32)
    few = data.y_pred.size <= MOST_OUTPUTS
    return few and bool(np.isfinite(single).all() and np.array_equal(single, data.y_pred))


def _changed(settings: Settings) -> dict[str, Any]:
    """The settings that are not those a recipe begins with."""
    usual = Settings()
    given = {each.name: getattr(settings, each.name) for each in fields(Settings)}
    return {name: value for name, value in given.items() if value != getattr(usual, name)}


def _words(text: str) -> str:
    """A name as a template has it: without braces, and not too long."""
    return text.replace("{", "(").replace("}", ")")[:_LONGEST]
