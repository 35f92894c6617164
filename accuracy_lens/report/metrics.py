"""All metrics of the data in view as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict

import numpy as np

import metrics_core
from accuracy_lens.jobs.formula_runs import Outcome
from accuracy_lens.words.text import say
from metrics_core.catalog.rows import CATALOG, Misfit, misfit
from metrics_core.evaluation import Evaluation
from metrics_core.kinds import Kind
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings


def metrics_json(
    predictions: Predictions,
    evaluations: Mapping[str, Evaluation],
    settings: Settings,
    source: Mapping[str, object],
    custom: Outcome | None = None,
) -> bytes:
    """Write all metrics with what they were computed from, as strict JSON in UTF-8.

    The keys and the names of metrics and settings are the same in every language; titles, reasons
    and notes are sentences in the reader's.

    Parameters
    ----------
    predictions : Predictions
    evaluations : mapping of str to Evaluation
        By name of the variant.
    settings : Settings
    source : mapping
        Where the data came from, in values that JSON knows.
    custom : Outcome, optional
        What the visitor's formula gave.

    Returns
    -------
    bytes
        An object with ``version``, ``numpy_version``, ``source``, ``data``, ``settings``,
        ``metrics`` (each with ``result``, ``total``, ``count``, the ``settings`` that it uses,
        and ``positive_class`` where it is of one of two outputs)
        and ``not_applicable`` (each with its ``reason``); with a formula also ``your_metric`` (its
        ``formula`` and ``metrics``). A number that is NaN or infinite is null;
        ``note`` then says what it was.

    Examples
    --------
    >>> from metrics_core.evaluation import evaluate
    >>> data = Predictions.of([0, 1], [0.2, 0.4])
    >>> evaluations = {"recall": evaluate(data, "recall")}
    >>> json.loads(metrics_json(data, evaluations, Settings(), {}))["metrics"][0]["result"]
    0.0
    """
    kind = predictions.kind
    content: dict[str, object] = {
        "version": getattr(metrics_core, "__version__", "0"),
        "numpy_version": np.__version__,
        "source": dict(source),
        "data": data_entry(predictions),
        "settings": asdict(settings),
        "metrics": [_metric(name, evaluation) for name, evaluation in evaluations.items()],
        "not_applicable": [
            {"name": name, "reason": say(wrong.reason), "conversion": wrong.conversion}
            for name, wrong in _misfits(kind)
            if name not in evaluations
        ],
    }
    if custom is not None:
        content["your_metric"] = _custom(custom)
    return strict_json(content).encode(errors="replace")


def data_entry(predictions: Predictions) -> dict[str, object]:
    """What the data are, for programs.

    Examples
    --------
    >>> data_entry(Predictions.of([0, 1], [0.2, 0.4]))["kind"]
    'binary'
    """
    return {
        "kind": predictions.kind,
        "n_samples": predictions.n_samples,
        "n_outputs": predictions.n_outputs,
        "n_classes": predictions.n_classes,
        "class_names": predictions.class_names,
        "has_sample_weight": predictions.sample_weight is not None,
        "y_true_dtype": str(predictions.y_true.dtype),
        "y_pred_dtype": str(predictions.y_pred.dtype),
        "digest": predictions.digest,
    }


def strict_json(content: Mapping[str, object]) -> str:
    """JSON as its standard has it: NaN and the infinities become null.

    Examples
    --------
    >>> print(strict_json({"result": float("nan")}))
    {
      "result": null
    }
    """
    return json.dumps(_plain(content), allow_nan=False, ensure_ascii=False, indent=2)


def _misfits(kind: Kind) -> Iterator[tuple[str, Misfit]]:
    """The rows that may have no number for this kind; of a custom function the data tell."""
    failed = Misfit(Message("the function gives no number on these data"), None)
    for row in CATALOG.values():
        wrong = misfit(row, kind)
        if wrong is not None or row.comparison.custom:
            yield row.name, wrong or failed


def _metric(name: str, evaluation: Evaluation) -> dict[str, object]:
    entry: dict[str, object] = {
        "name": name,
        "title": say(evaluation.variant.title),
        "is_accuracy": evaluation.variant.is_accuracy,
        "result": evaluation.result,
        "total": evaluation.total,
        "count": evaluation.count,
        "keras": evaluation.variant.keras,
        "kind": evaluation.predictions.kind,
        "settings": {
            used: getattr(evaluation.settings, used)
            for used in evaluation.variant.uses(evaluation.predictions.kind)
        },
    }
    if evaluation.steps.column is not None:
        entry["positive_class"] = evaluation.steps.column
    if not math.isfinite(evaluation.result):
        entry["note"] = say(
            "the result is {result}, as outputs are not finite", result=evaluation.result
        )
    return entry


def _custom(outcome: Outcome) -> dict[str, object]:
    metrics = []
    for name, result in outcome.results.items():
        batched = outcome.batches[name]
        entry: dict[str, object] = {
            "name": name,
            "result": result.value,
            "by_sample": batched.by_sample,
            "mean_of_batches": batched.each_once,
            "keras_1": None if outcome.weighted else batched.by_length,
            "keras_3": batched.keras_3,
        }
        if result.remark is not None:
            entry["note"] = say(result.remark)
        metrics.append(entry)
    return {
        "formula": outcome.formula.text,
        "decisions_of": outcome.variant,
        "weighted": outcome.weighted,
        "batch_size": outcome.batch_size,
        "metrics": metrics,
    }


def _plain(value: object) -> object:
    """The value in what strict JSON knows; NaN and the infinities become null."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return _plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, np.generic):
        return _plain(value.item())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)
