"""Find a library and put a question to it."""

from __future__ import annotations

from metrics_core.errors import InputError
from metrics_core.libraries.answer import LibraryAnswer
from metrics_core.libraries.library import Library
from metrics_core.libraries.question import Question
from metrics_core.libraries.refusal import LibraryRefusal
from metrics_core.libraries.table import LIBRARIES


def find_library(name: str) -> Library:
    """Find the row of a library by its package and a version that was run.

    Raises
    ------
    InputError
        If no such version was run.

    Examples
    --------
    >>> find_library("torchmetrics-1.0.3").ran[-1]
    '1.3.1'
    """
    if name in LIBRARIES:
        return LIBRARIES[name]
    package, _, version = name.rpartition("-")
    for row in LIBRARIES.values():
        if row.package == package and version in row.ran:
            return row
    raise InputError(
        "library",
        "must be one of {names}",
        repr(name),
        "Take the nearest version that is listed.",
        names=", ".join(LIBRARIES),
    )


def ask(question: Question, library: str | Library) -> LibraryAnswer:
    """Put a question to a library.

    Raises
    ------
    LibraryRefusal
        Where the library raises an error or has no such metric or argument.
    InputError
        For an unknown library.

    Examples
    --------
    >>> asked = Question.of("balanced_accuracy_score", [0, 0, 0, 1], [0, 0, 1, 1])
    >>> ask(asked, "scikit-learn-1.9.1").value
    0.8333333333333333
    """
    row = find_library(library) if isinstance(library, str) else library
    called, _, border = question.metric.partition("@")
    asked = {**question.options, **({"threshold": float(border)} if border else {})}
    named = [each for each in row.metrics if each.name == called]
    if not named:
        raise LibraryRefusal(
            "{library} has no metric `{name}`.",
            missing=True,
            library=row.title,
            name=question.metric,
        )
    fitting = [each for each in named if asked.keys() <= each.options.keys()]
    if not fitting:
        raise LibraryRefusal(
            "`{name}` has no argument `{option}`.",
            missing=True,
            name=called,
            option=next(name for name in asked if name not in named[0].options),
        )
    metric = fitting[0]
    options = {**metric.options, **asked}
    read = metric.reads(question, options)
    return LibraryAnswer(library=row, metric=metric, options=options, read=read, question=question)
