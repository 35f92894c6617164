"""Custom metrics: rows of the catalogue from a file, which runs with the rights of who names it."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from threading import Lock
from types import FunctionType, ModuleType

from metrics_core.catalog.custom_function import CustomFunction, failing_line, failure
from metrics_core.catalog.rows import CATALOG
from metrics_core.catalog.variant import Variant
from metrics_core.errors import InputError
from metrics_core.kinds import KINDS
from metrics_core.messages import Message
from metrics_core.steps.choices.aggregation import MEAN
from metrics_core.steps.choices.decision.choice import NO_DECISION

_MODULE = "accuracy_lens_own_metrics"
_NAMES = ["y_true", "y_pred", "sample_weight"]
_ADDING = Lock()


def add_file(path: str, argument: str = "path") -> None:
    """Add every public function of a file to the catalogue; a file that is there already stays.

    Parameters
    ----------
    path : str
        A Python file. It is run.
    argument : str
        What the refusal calls the path.

    Raises
    ------
    InputError
        See `rows_of`. Nothing is added then.
    """
    with _ADDING:
        if not any(_path(row) == path for row in CATALOG.values()):
            CATALOG.update({row.name: row for row in rows_of(path, argument)})


def remove_file(path: str) -> None:
    """Take the rows of a file out of the catalogue again."""
    with _ADDING:
        for name, row in list(CATALOG.items()):
            if _path(row) == path:
                del CATALOG[name]


def rows_of(path: str, argument: str = "path") -> list[Variant]:
    """Run a file and make a row of every public function in it, in the order of the file.

    Public are functions that the file itself defines under a name that does not begin with ``_``.
    The title comes from the name, the words from the first line of the docstring.

    Parameters
    ----------
    path, argument
        See `add_file`.

    Returns
    -------
    list of Variant
        For every kind of predictions, with the comparison ``own``.

    Raises
    ------
    InputError
        If there is no such file, it is no Python, it fails while it runs, a public function has
        other parameters than ``y_true``, ``y_pred`` and perhaps ``sample_weight``, a name or its
        title is in the catalogue already, or there is no function. File, line and reason are named.
    """
    module = _run(path, argument)
    rows: list[Variant] = []
    titles = {str(row.title) for row in CATALOG.values()}
    for name, member in vars(module).items():
        if name.startswith("_") or not isinstance(member, FunctionType):
            continue
        if member.__module__ == _MODULE:
            row = _row(name, member, path, argument, titles)
            titles.add(str(row.title))
            rows.append(row)
    if not rows:
        raise InputError(
            argument,
            "must name a file with functions of (y_true, y_pred)",
            Message("{path}, line 1: no public function", {"path": path}),
            "Write one whose name does not begin with _.",
        )
    return rows


def _run(path: str, argument: str) -> ModuleType:
    try:
        source = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise InputError(
            argument,
            "must name a file that can be read",
            f"{path}: {getattr(error, 'strerror', None) or error}",
            "Check the path; it counts from the folder in which the server is started.",
        ) from error
    module = ModuleType(_MODULE)
    module.__file__ = path
    before = sys.modules.get(_MODULE)
    sys.modules[_MODULE] = module  # dataclasses and pickle look there
    try:
        code = compile(source, path, "exec", dont_inherit=True)
        exec(code, vars(module))  # noqa: S102 - the file of whoever starts the server
    except (Exception, SystemExit) as error:
        if before is None:
            del sys.modules[_MODULE]
        else:
            sys.modules[_MODULE] = before
        line = failing_line(error, error.__traceback__, path)
        said = failure(error, path).removeprefix(f"line {line}: ")
        rule = (
            Message("must name a Python file")
            if isinstance(error, SyntaxError)
            else Message("must name a file that runs without an error")
        )
        values = {"path": path, "line": 1 if line is None else line, "error": said}
        received = Message("{path}, line {line}: {error}", values)
        raise InputError(argument, rule, received, "Fix the file.") from error
    return module


def _row(name: str, function: FunctionType, path: str, argument: str, titles: set[str]) -> Variant:
    plain = inspect.unwrap(function)
    line = plain.__code__.co_firstlineno if isinstance(plain, FunctionType) else 1
    parameters = inspect.signature(function).parameters
    named = all(item.kind is item.POSITIONAL_OR_KEYWORD for item in parameters.values())
    odd = inspect.iscoroutinefunction(plain) or inspect.isgeneratorfunction(plain)
    if odd or not named or list(parameters) not in (_NAMES[:2], _NAMES):
        raise InputError(
            argument,
            "must hold functions of (y_true, y_pred) or (y_true, y_pred, sample_weight) only",
            Message(
                "{path}, line {line}: {function}",
                {"path": path, "line": line, "function": f"{name}{inspect.signature(function)}"},
            ),
            "Begin the names of other functions with _.",
        )
    title = name.replace("_", " ").strip()
    title = title[0].upper() + title[1:]
    if name in CATALOG or title in titles:
        raise InputError(
            argument,
            "must give its functions names that the catalogue does not have",
            Message(
                "{path}, line {line}: {function}", {"path": path, "line": line, "function": name}
            ),
            "Rename the function.",
        )
    custom = CustomFunction(name, function, path, line, len(parameters) == len(_NAMES))
    called = rf"\mathrm{{{name.replace('_', chr(92) + '_')}}}(y, s)"
    return Variant(
        name=name,
        title=Message("{text}", {"text": title}),
        needs=KINDS,
        decision=NO_DECISION,
        comparison=custom,
        aggregation=MEAN,
        formula=rf"\mathrm{{mean}}\left[\, {called} \,\right]",
        keras=f"none; {name} in {Path(path).name}, line {line}",
        words=_words(function),
        is_accuracy=False,
    )


def _path(row: Variant) -> str | None:
    """The file that a row comes from."""
    return row.comparison.path if isinstance(row.comparison, CustomFunction) else None


def _words(function: FunctionType) -> Message:
    """The first line of the docstring, with its full stop."""
    lines = (inspect.getdoc(function) or "").strip().splitlines()
    if not lines:
        return Message("A custom function.")
    words = lines[0].strip()
    words = words if words.endswith((".", "!", "?")) else f"{words}."
    return Message("{text}", {"text": words})
