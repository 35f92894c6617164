"""A custom metric from a file: how it is called, and what it may give back."""

from __future__ import annotations

import keyword
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb
from types import TracebackType

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.steps.choices.comparison.choice import Comparison
from metrics_core.steps.choices.decision.choice import Decision
from metrics_core.steps.choices.sample import Explanation, Sample, number
from metrics_core.steps.choices.settable import Settable
from metrics_core.steps.choices.weights import sample_weights
from metrics_core.steps.shared import Steps

_LONGEST = 200


@dataclass(frozen=True, eq=False)
class CustomFunction(Comparison):
    """A function of ``(y_true, y_pred)`` or ``(y_true, y_pred, sample_weight)``, as a comparison.

    Attributes
    ----------
    name : str
    call : callable
    path : str
        The file that it stands in, as it was named.
    line : int
        Where it begins there.
    takes_weight : bool
        Whether it has a parameter `sample_weight`.
    """

    name: str
    call: Callable[..., object]
    path: str
    line: int
    takes_weight: bool
    custom = True
    by_sample = True
    casts_label = False
    values_name = "values"
    numpy = ()

    def compare(self, steps: Steps, decision: Decision, settings: Settable) -> Array:
        """One value per sample; a single value stands for each."""
        values = self._kept(steps, settings)
        return values if values.ndim else np.broadcast_to(values, steps.predictions.n_samples)

    def one_value(self, steps: Steps, settings: Settable) -> float | None:
        """The one value of all samples together, where the function gives no values per sample."""
        values = self._kept(steps, settings)
        return None if values.ndim else float(values)

    def on_batch(self, steps: Steps, settings: Settable) -> float:
        """The mean of what the function gives on some samples alone."""
        return float(self._call(steps, settings).mean())

    def _kept(self, steps: Steps, settings: Settable) -> Array:
        weighing = (settings.weighted, settings.class_weight) if self.takes_weight else ()
        return steps.custom(self.name, (self, weighing), lambda all_: self._call(all_, settings))

    def _call(self, steps: Steps, settings: Settable) -> Array:
        weights = sample_weights(steps, settings) if self.takes_weight else None
        return self.values(steps.predictions.labels, steps.scores, weights)

    def words(self, settings: Settable) -> Message:
        """The call, as code."""
        return Message("{function}(y_true, y_pred)", {"function": self.name})

    def explain(self, sample: Sample) -> Explanation:
        """What the function gives for a sample."""
        values = {"function": self.name, "value": number(sample.value)}
        said = (
            Message(
                "{function} gives one value, {value}, for all samples together; none has its own",
                values,
            )
            if sample.shared
            else Message("{function} gives {value} for this sample", values)
        )
        called = rf"\mathrm{{{self.name.replace('_', chr(92) + '_')}}}(y, s)"
        return said, f"{called} = {values['value']}"

    def values(self, y_true: Array, y_pred: Array, weight: Array | None) -> Array:
        """Call the function.

        Parameters
        ----------
        y_true : ndarray, shape (n,) or (n, C)
        y_pred : ndarray, shape (n,) or (n, C)
            The scores after the activation. The function sees both read-only.
        weight : ndarray, shape (n,), or None
            Passed on to a function that takes it.

        Returns
        -------
        ndarray of bool or float64, shape (n,) or ()
            One value per sample, or one for all samples together; read-only and finite.

        Raises
        ------
        InputError
            If the function fails or gives anything else; the text says what, and where.

        Examples
        --------
        >>> def gap(y_true, y_pred):
        ...     return abs(y_true - y_pred)
        >>> custom = CustomFunction("gap", gap, "my_metrics.py", 1, False)
        >>> custom.values(np.array([1, 0]), np.array([0.75, 0.5]), None).tolist()
        [0.25, 0.5]
        """
        given = {"sample_weight": _shielded(weight)} if self.takes_weight else {}
        try:
            with np.errstate(all="ignore"):
                returned = self.call(_shielded(y_true), _shielded(y_pred), **given)
        except (Exception, SystemExit) as error:
            raise InputError(
                self.name,
                "must run on these data without an error",
                failure(error, self.path),
                "Fix the function, or look at other data.",
            ) from error
        return self._checked(returned, len(y_true))

    def _checked(self, returned: object, n: int) -> Array:
        hint = Message("Return an array of shape ({n},) or one number.", {"n": n})
        try:
            values = np.array(returned)
        except (Exception, SystemExit) as error:
            received = failure(error, self.path)
            raise InputError(self.name, "must return numbers", received, hint) from error
        if values.dtype.kind not in "biuf":
            parts = {"type": type(returned).__name__, "dtype": values.dtype}
            found = Message("{type} of {dtype}", parts)
            raise InputError(self.name, "must return numbers", found, hint)
        if values.shape not in ((), (n,)):
            rule = Message("must return one value per sample, or one for all samples")
            found = Message(
                "shape {shape} for {n} sample",
                {"shape": values.shape, "n": n},
                plural="shape {shape} for {n} samples",
            )
            raise InputError(self.name, rule, found, hint)
        if values.dtype.kind != "b":
            with np.errstate(over="ignore"):
                values = values.astype(np.float64)
            wrong = ~np.isfinite(values)
            if wrong.any():
                first: object = values[wrong].flat[0]
                if values.ndim:
                    first = Message(
                        "{value} ({count:,} of {n:,} values are not finite)",
                        {"value": first, "count": int(wrong.sum()), "n": n},
                    )
                raise InputError(
                    self.name,
                    "must return finite numbers for these data",
                    first,
                    "Say in the function what holds where nothing is counted.",
                )
        values.setflags(write=False)
        return values

    def keras(self, decided: str) -> tuple[list[str], str, list[str]]:
        """Lines before the metric of Keras, the metric, and what it is called with."""
        return [], "Mean()", ["values"]

    def code_imports(self) -> list[str]:
        """The line that imports the function."""
        return [self.import_code()]

    def import_code(self) -> str:
        """The line that makes the function known in a program beside its file.

        Examples
        --------
        >>> CustomFunction("gap", abs, "own/my_metrics.py", 1, False).import_code()
        'from my_metrics import gap'
        """
        file = Path(self.path)
        if file.suffix == ".py" and file.stem.isidentifier() and not keyword.iskeyword(file.stem):
            return f"from {file.stem} import {self.name}"
        return f"{self.name} = __import__('runpy').run_path({file.name!r})[{self.name!r}]"

    def call_code(self, scores: str, weight: str, batch_size: int | None) -> list[str]:
        """Lines that leave one value per sample in `values`; a single value is one for each.

        Parameters
        ----------
        scores, weight : str
            Names of the arrays, or ``"None"``.
        batch_size : int or None
            Call the function on each batch.

        Examples
        --------
        >>> CustomFunction("gap", abs, "m.py", 1, False).call_code("y_pred", "None", None)
        ['values = np.broadcast_to(gap(y_true, y_pred), len(y_true))']
        """
        cut = "" if batch_size is None else f"[i : i + {batch_size}]"
        extra = ""
        if self.takes_weight:
            extra = f", sample_weight={weight}{cut if weight != 'None' else ''}"
        call = f"{self.name}(y_true{cut}, {scores}{cut}{extra})"
        spread = f"np.broadcast_to({call}, len(y_true{cut}))"
        if batch_size is None:
            return [f"values = {spread}"]
        return [
            f"starts = range(0, len(y_true), {batch_size})",
            f"values = [{spread} for i in starts]",
            "values = np.concatenate(values)",
        ]


def failure(error: BaseException, path: str) -> str:
    """Say an error in one line: the last line of the file that it came through, kind and text.

    Examples
    --------
    >>> failure(ZeroDivisionError("division by zero"), "my_metrics.py")
    'ZeroDivisionError: division by zero'
    """
    text = " ".join(f"{type(error).__name__}: {error}".split()).removesuffix(":")
    text = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    line = failing_line(error, error.__traceback__, path)
    return text if line is None else f"line {line}: {text}"


def failing_line(error: BaseException, where: TracebackType | None, path: str) -> int | None:
    """The line of a file that an error came from; None where it did not come from there."""
    if isinstance(error, SyntaxError) and error.filename == path:
        return error.lineno
    lines = [frame.lineno for frame in extract_tb(where) if frame.filename == path]
    return lines[-1] if lines else None


def _shielded(values: Array | None) -> Array | None:
    """A view that the function cannot write through."""
    if values is None:
        return None
    view = values.view()
    view.setflags(write=False)
    return view
