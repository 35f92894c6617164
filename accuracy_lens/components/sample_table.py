"""What happened to each sample, as a table: one row per sample, one column per step or verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from metrics_core.evaluation import Evaluation
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.reading.limits import LONGEST, shorten
from metrics_core.steps.decision.rank import NEVER
from metrics_core.steps.shared import Steps

MOST_COLUMNS = 20
"""With more outputs per sample, a row shows only the highest and that of the true class."""
SEPARATOR = "; "


def sample_table(
    predictions: Predictions,
    steps: Steps,
    evaluations: Mapping[str, Evaluation],
    rows: slice | Array = slice(None),
    extra: Mapping[str, Array] | None = None,
) -> pa.Table:
    """Tell what happened to each sample, for some rows or for all.

    Only the rows asked for are looked at; everything is read from the arrays of the steps.

    Parameters
    ----------
    predictions : Predictions
    steps : Steps
        Those of the evaluations.
    evaluations : mapping of str to Evaluation
        By name of the variant, all with the same threshold.
    rows : slice or ndarray
        Which samples, in which order: a slice, row numbers ``(m,)``, or a mask ``(n,)``.
    extra : mapping of str to ndarray, optional
        More columns, each ``(n,)`` for all samples.

    Returns
    -------
    pyarrow.Table
        One row per sample, with the columns, in this order, that apply:

        - ``row``: number of the sample, from 0;
        - ``id``: its id, where there are ids;
        - ``label``: the class (its name where there are names, otherwise the label as it came);
          several classes of a multi-hot label are joined by "; ";
        - ``output``: what the last layer gave. With several outputs ``output_<class>``, one each;
          with more than 20 ``output_top`` (the highest) and ``output_true`` (of the true class);
        - ``activated``: the same columns after the activation, where there is one;
        - ``rounded``: the output, rounded half to even. With several outputs against one-hot or
          multi-hot labels, the classes that round to exactly 1;
        - ``thresholded``: the class predicted by the threshold; with several outputs, the classes
          above it. Where one of the evaluations has a threshold;
        - ``argmax``: the class of the highest output, where labels name one class;
        - ``rank``: rank of the true class, 1 the highest; null where it has none;
        - ``weight``: the sample weight, where there is one;
        - ``right_<variant>``: for each accuracy evaluated, whether the sample is right, or the
          share of its elements that are;
        - ``value_<variant>``: what a custom function gives for the sample;
        - the columns of `extra`.

    Examples
    --------
    >>> from metrics_core.evaluation import evaluate
    >>> data = Predictions.of([0, 1], [0.25, 0.375])
    >>> evaluations = {"binary_accuracy": evaluate(data, "binary_accuracy")}
    >>> table = sample_table(data, Steps(data), evaluations, slice(1, 2))
    >>> table["right_binary_accuracy"].to_pylist()
    [False]
    """
    numbers = row_numbers(rows, predictions.n_samples)
    rows = rows if isinstance(rows, slice) else numbers
    predictions, steps = predictions.only(rows), steps.only(rows)
    evaluations = {name: evaluation.only(rows) for name, evaluation in evaluations.items()}
    names, wide = predictions.class_names, predictions.n_outputs > 1
    several = wide and predictions.kind != "sparse"
    columns: dict[str, Any] = {"row": pa.array(numbers)}
    if predictions.sample_ids is not None:
        columns["id"] = _text_or_numbers(predictions.sample_ids)
    labels = predictions.labels
    true = steps.true_class if predictions.kind in ("sparse", "one_hot") else None
    if predictions.kind == "multi_label":
        columns["label"] = _joined(labels != 0, names)
    else:
        columns["label"] = _classes(labels if true is None else true, names)
    columns |= _outputs("output", predictions.outputs, true, names)
    if steps.activation != "none":
        columns |= _outputs("activated", steps.scores, true, names)
    if not wide or several:
        rounded = steps.rounded
        columns["rounded"] = _joined(rounded == 1, names) if wide else _numbers(rounded)
    by_threshold = _by_threshold(evaluations)
    if by_threshold is not None:
        thresholded = by_threshold.decisions
        columns["thresholded"] = (
            _joined(thresholded, names)
            if thresholded.ndim == 2
            else _classes(thresholded.astype("i1"), by_threshold.predictions.class_names)
        )
    if true is not None:
        rank = steps.rank
        columns["argmax"] = _classes(steps.argmax, names)
        columns["rank"] = pa.array(rank + 1, mask=rank == NEVER)
    if predictions.sample_weight is not None:
        columns["weight"] = _numbers(predictions.sample_weight)
    for name, evaluation in evaluations.items():
        if evaluation.variant.is_accuracy:
            columns[f"right_{name}"] = pa.array(evaluation.sample_values())
        elif evaluation.variant.comparison.custom and not evaluation.one_value:
            columns[f"value_{name}"] = pa.array(evaluation.sample_values())
    columns |= {name: pa.array(values[numbers]) for name, values in (extra or {}).items()}
    return pa.table(columns)


def shortened(table: pa.Table) -> pa.Table:
    """The same to be looked at: long ids and names of classes are cut.

    Examples
    --------
    >>> shortened(pa.table({"id": ["x" * 1000]}))["id"][0].as_py()[150:]
    'xxxxxxxxx…'
    """
    for name, column in zip(table.column_names, table.columns, strict=True):
        if not pa.types.is_string(column.type):
            continue
        longest = pc.max(pc.utf8_length(column)).as_py()
        if longest is not None and longest > LONGEST:
            texts = [
                shorten(text) if text and len(text) > LONGEST else text
                for text in column.to_pylist()
            ]
            table = table.set_column(table.column_names.index(name), name, pa.array(texts))
    return table


def row_numbers(rows: slice | Array, n_samples: int) -> Array:
    """Which samples are meant, as row numbers.

    Parameters
    ----------
    rows : slice or ndarray
        See `sample_table`.
    n_samples : int

    Examples
    --------
    >>> row_numbers(np.array([True, False, True]), 3).tolist(), row_numbers(slice(1, 9), 3).tolist()
    ([0, 2], [1, 2])
    """
    if isinstance(rows, slice):
        return np.arange(*rows.indices(n_samples))
    return np.flatnonzero(rows) if rows.dtype.kind == "b" else np.asarray(rows, np.int64)


def _by_threshold(evaluations: Mapping[str, Evaluation]) -> Evaluation | None:
    some = (each for each in evaluations.values() if each.decision.boundary == "threshold")
    return next(some, None)


def _outputs(
    prefix: str, values: Array, true: Array | None, names: tuple[str, ...] | None
) -> dict[str, pa.Array]:
    """One column, one per class, or the highest and the true class's, by the number of classes."""
    if values.ndim == 1:
        return {prefix: _numbers(values)}
    n_classes = values.shape[1]
    if n_classes <= MOST_COLUMNS:
        plain = [str(index) for index in range(n_classes)]
        given = [_encodable(name) for name in names[:n_classes]] if names else plain
        unique = given if len(set(given)) == n_classes else plain
        return {f"{prefix}_{name}": _numbers(values[:, i]) for i, name in enumerate(unique)}
    columns = {f"{prefix}_top": _numbers(np.fmax.reduce(values, axis=1))}
    if true is not None:
        inside = (true > -1) & (true < n_classes)
        index = np.where(inside, true, 0).astype(np.intp)
        scores = values[np.arange(len(values)), index]
        columns[f"{prefix}_true"] = pa.array(_single(scores), mask=~inside)
    return columns


def _single(values: Array) -> Array:
    return values.astype(np.float32) if values.dtype == np.float16 else values


def _numbers(values: Array) -> pa.Array:
    return pa.array(_single(values))


def _classes(values: Array, names: tuple[str, ...] | None) -> pa.Array:
    """Class indices as names where there are names; what is no class stays a number, as text."""
    if names is None:
        return _numbers(values)
    inside = (values >= 0) & (values < len(names))
    codes = np.where(inside, values, 0).astype(np.int32)
    inside &= codes == values
    text = pa.array([_encodable(name) for name in names]).take(pa.array(codes))
    if inside.all():
        return text
    return pc.if_else(pa.array(inside), text, pc.cast(_numbers(values), pa.string()))


def _joined(chosen: Array, names: tuple[str, ...] | None) -> pa.Array:
    """The classes chosen in each row, joined into one text; equal rows are joined once."""
    width = chosen.shape[1]
    shown = [_encodable(name) for name in names] if names else [str(i) for i in range(width)]
    packed = np.packbits(chosen, axis=1)
    if width <= 64:
        packed = np.pad(packed, ((0, 0), (0, 8 - packed.shape[1])))
        keys = packed.view(np.uint64).reshape(-1)
    else:
        keys = packed.view(f"V{packed.shape[1]}").reshape(-1)
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    texts = [SEPARATOR.join(shown[i] for i in np.flatnonzero(chosen[row])) for row in first]
    return pa.array(texts, pa.string()).take(pa.array(inverse.reshape(-1)))


def _text_or_numbers(ids: Array) -> pa.Array:
    if ids.dtype.kind in "biuf":
        return _numbers(ids)
    if ids.dtype.kind == "S":
        ids = np.char.decode(ids, "utf-8", "replace")
    text = ids.astype(str)
    try:
        return pa.array(text, pa.string())
    except UnicodeError:
        return pa.array([_encodable(item) for item in text.tolist()], pa.string())


def _encodable(text: str) -> str:
    """The text without half surrogates, which no UTF-8 file can hold."""
    return text.encode("utf-8", "replace").decode()
