"""Results as files and tables: every metric as JSON, every sample as a row."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

import metrics_core
from metrics_core.catalog import CATALOG, misfit
from metrics_core.decision import NEVER
from metrics_core.evaluation import Evaluation, Settings, Steps
from metrics_core.predictions import Array, Predictions

MOST_COLUMNS = 20
"""With more outputs a sample than this, a row shows the highest and that of the true class only."""
SEPARATOR = "; "
_CHUNK = 131_072
_FORMULA = r"^[=+\-@\t\r\n]"


def metrics_json(
    predictions: Predictions,
    evaluations: Mapping[str, Evaluation],
    settings: Settings,
    source: Mapping[str, object],
) -> bytes:
    """Write all metrics with what they were computed from, as strict JSON in UTF-8.

    Parameters
    ----------
    predictions : Predictions
    evaluations : mapping of str to Evaluation
        By name of the variant.
    settings : Settings
    source : mapping
        Where the data came from, in values that JSON knows.

    Returns
    -------
    bytes
        An object with ``version``, ``numpy_version``, ``source``, ``data``, ``settings``,
        ``metrics`` (each with ``result``, ``total``, ``count``, and the ``settings`` that it uses)
        and ``not_applicable`` (each with its ``reason``). A number that is NaN or infinite is null;
        ``note`` then says what it was.

    Examples
    --------
    >>> from metrics_core.evaluation import evaluate
    >>> data = Predictions.of([0, 1], [0.2, 0.4])
    >>> made = {"recall": evaluate(data, "recall")}
    >>> json.loads(metrics_json(data, made, Settings(), {}))["metrics"][0]["result"]
    0.0
    """
    kind = predictions.kind
    content = {
        "version": getattr(metrics_core, "__version__", "0"),
        "numpy_version": np.__version__,
        "source": dict(source),
        "data": {
            "kind": kind,
            "n_samples": predictions.n_samples,
            "n_outputs": predictions.n_outputs,
            "n_classes": predictions.n_classes,
            "class_names": predictions.class_names,
            "has_sample_weight": predictions.sample_weight is not None,
            "y_true_dtype": str(predictions.y_true.dtype),
            "y_pred_dtype": str(predictions.y_pred.dtype),
            "digest": predictions.digest,
        },
        "settings": asdict(settings),
        "metrics": [_metric(name, made) for name, made in evaluations.items()],
        "not_applicable": [
            {"name": row.name, "reason": str(wrong.reason), "conversion": wrong.conversion}
            for row in CATALOG.values()
            if (wrong := misfit(row, kind)) is not None and row.name not in evaluations
        ],
    }
    return json.dumps(_plain(content), allow_nan=False, ensure_ascii=False, indent=2).encode(
        errors="replace"
    )


def _metric(name: str, made: Evaluation) -> dict[str, object]:
    entry: dict[str, object] = {
        "name": name,
        "title": made.variant.title,
        "is_accuracy": made.variant.is_accuracy,
        "result": made.result,
        "total": made.total,
        "count": made.count,
        "keras": made.variant.keras,
        "kind": made.predictions.kind,
        "settings": {
            used: getattr(made.settings, used) for used in made.variant.uses(made.predictions.kind)
        },
    }
    if not math.isfinite(made.result):
        entry["note"] = f"the result is {made.result}, as outputs are not finite"
    return entry


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


def sample_table(
    predictions: Predictions,
    steps: Steps,
    evaluations: Mapping[str, Evaluation],
    rows: slice | Array = slice(None),
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

    Returns
    -------
    pyarrow.Table
        One row a sample, with the columns, in this order, that apply:

        - ``row``: number of the sample, from 0;
        - ``id``: its id, where there are ids;
        - ``label``: the class (its name where there are names, otherwise the label as it came);
          several classes of a multi-hot label are joined by "; ";
        - ``output``: what the last layer gave. With several outputs ``output_<class>``, one each;
          with more than 20 ``output_top`` (the highest) and ``output_true`` (of the true class);
        - ``activated``: the same columns after the activation, where there is one;
        - ``rounded``: the output, rounded half to even. With several outputs against one-hot or
          multi-hot labels, the classes that round to exactly 1;
        - ``thresholded``: the class decided by the threshold; with several outputs, the classes
          above it. Where one of the evaluations has a threshold;
        - ``argmax``: the class of the highest output, where labels name one class;
        - ``rank``: rank of the true class, 1 the highest; null where it has none;
        - ``weight``: the sample weight, where there is one;
        - ``right_<variant>``: for each accuracy evaluated, whether the sample is right, or the
          share of its elements that are.

    Examples
    --------
    >>> from metrics_core.evaluation import evaluate
    >>> data = Predictions.of([0, 1], [0.25, 0.375])
    >>> made = {"binary_accuracy": evaluate(data, "binary_accuracy")}
    >>> sample_table(data, Steps(data), made, slice(1, 2)).to_pylist()[0]["right_binary_accuracy"]
    False
    """
    numbers = _row_numbers(rows, predictions.n_samples)
    rows = rows if isinstance(rows, slice) else numbers
    names, wide = predictions.class_names, predictions.n_outputs > 1
    several = wide and predictions.kind != "sparse"
    columns: dict[str, Any] = {"row": pa.array(numbers)}
    if predictions.sample_ids is not None:
        columns["id"] = _text_or_numbers(predictions.sample_ids[rows])
    labels = predictions.labels[rows]
    true = steps.true_class[rows] if predictions.kind in ("sparse", "one_hot") else None
    if predictions.kind == "multi_label":
        columns["label"] = _joined(labels != 0, names)
    else:
        columns["label"] = _classes(labels if true is None else true, names)
    columns |= _outputs("output", predictions.outputs[rows], true, names)
    if steps.activation != "none":
        columns |= _outputs("activated", steps.scores[rows], true, names)
    if not wide or several:
        rounded = steps.rounded[rows]
        columns["rounded"] = _joined(rounded == 1, names) if wide else _numbers(rounded)
    decided = _thresholded(evaluations, rows)
    if decided is not None:
        columns["thresholded"] = (
            _joined(decided, names) if decided.ndim == 2 else _classes(decided.astype("i1"), names)
        )
    if true is not None:
        rank = steps.rank[rows]
        columns["argmax"] = _classes(steps.argmax[rows], names)
        columns["rank"] = pa.array(rank + 1, mask=rank == NEVER)
    if predictions.sample_weight is not None:
        columns["weight"] = _numbers(predictions.sample_weight[rows])
    for name, made in evaluations.items():
        if made.variant.is_accuracy:
            columns[f"right_{name}"] = pa.array(made.sample_values(rows))
    return pa.table(columns)


def samples_csv(
    predictions: Predictions,
    steps: Steps,
    evaluations: Mapping[str, Evaluation],
    rows: slice | Array = slice(None),
) -> bytes:
    r"""Write `sample_table` as CSV in UTF-8, safe to open in a spreadsheet.

    Text that begins with = + - @, a tab or the end of a line gets an apostrophe in front, so that
    it is not run as a formula; names in the header always stand behind a plain word. Numbers stay
    numbers: nan, inf and -inf as well.

    Parameters
    ----------
    predictions, steps, evaluations, rows
        See `sample_table`.

    Examples
    --------
    >>> data = Predictions.of([0, 1], [0.25, 0.375], class_names=["=1+1", "b"])
    >>> samples_csv(data, Steps(data), {}).decode().splitlines()[1]
    '0,"\'=1+1",0.25,0'
    """
    sink, writer = io.BytesIO(), None
    for table in _chunks(predictions, steps, evaluations, rows):
        safe = _without_formulas(table)
        if writer is None:
            writer = pa.csv.CSVWriter(sink, safe.schema)
        writer.write_table(safe)
    assert writer is not None
    writer.close()
    return sink.getvalue()


def samples_parquet(
    predictions: Predictions,
    steps: Steps,
    evaluations: Mapping[str, Evaluation],
    rows: slice | Array = slice(None),
) -> bytes:
    """Write `sample_table` as Parquet, text as it came.

    Parameters
    ----------
    predictions, steps, evaluations, rows
        See `sample_table`.

    Examples
    --------
    >>> data = Predictions.of([0, 1], [0.25, 0.375])
    >>> samples_parquet(data, Steps(data), {})[:4]
    b'PAR1'
    """
    sink, writer = io.BytesIO(), None
    for table in _chunks(predictions, steps, evaluations, rows):
        if writer is None:
            writer = pa.parquet.ParquetWriter(sink, table.schema)
        writer.write_table(table)
    assert writer is not None
    writer.close()
    return sink.getvalue()


def _chunks(
    predictions: Predictions,
    steps: Steps,
    evaluations: Mapping[str, Evaluation],
    rows: slice | Array,
) -> Iterator[pa.Table]:
    """The table in parts of equal schema; one empty part where no row is asked for."""
    numbers = _row_numbers(rows, predictions.n_samples)
    for start in range(0, max(len(numbers), 1), _CHUNK):
        yield sample_table(predictions, steps, evaluations, numbers[start : start + _CHUNK])


def _without_formulas(table: pa.Table) -> pa.Table:
    for place, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            column = table.column(place)
            if pc.any(pc.match_substring_regex(column, _FORMULA)).as_py():
                column = pc.replace_substring_regex(column, f"({_FORMULA})", r"'\1")
                table = table.set_column(place, field, column)
    return table


def _row_numbers(rows: slice | Array, n_samples: int) -> Array:
    if isinstance(rows, slice):
        return np.arange(*rows.indices(n_samples))
    return np.flatnonzero(rows) if rows.dtype.kind == "b" else np.asarray(rows, np.int64)


def _thresholded(evaluations: Mapping[str, Evaluation], rows: slice | Array) -> Array | None:
    for made in evaluations.values():
        if made.variant.decision_for(made.predictions.kind) == "threshold":
            return made.decisions[rows]
    return None


def _outputs(
    prefix: str, values: Array, true: Array | None, names: tuple[str, ...] | None
) -> dict[str, pa.Array]:
    """One column, one a class, or the highest and the true class's, by the number of classes."""
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
        own = values[np.arange(len(values)), index]
        columns[f"{prefix}_true"] = pa.array(_single(own), mask=~inside)
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
    _, first, place = np.unique(keys, return_index=True, return_inverse=True)
    texts = [SEPARATOR.join(shown[i] for i in np.flatnonzero(chosen[row])) for row in first]
    return pa.array(texts, pa.string()).take(pa.array(place.reshape(-1)))


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
