"""What a library answers to a question: the number, and the five steps that led to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from metrics_core.aggregating import state_of
from metrics_core.catalog.variant import Variant
from metrics_core.errors import InputError
from metrics_core.evaluation import Evaluation
from metrics_core.libraries.averages import Average, Matched
from metrics_core.libraries.library import Library, LibraryMetric
from metrics_core.libraries.question import Options, Question, Read
from metrics_core.libraries.refusal import LibraryRefusal
from metrics_core.libraries.table import LIBRARIES
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.choices.aggregation import MEAN
from metrics_core.steps.choices.comparison.choice import Comparison
from metrics_core.steps.choices.decision.choice import Decision
from metrics_core.steps.decision.tied_rank import chosen_by_torch
from metrics_core.steps.shared import Steps

_ACTIVATIONS = {
    "none": Message("none"),
    "sigmoid": Message("sigmoid, as a value lies outside 0 to 1"),
    "sigmoid_some": Message("sigmoid in the batches with a value outside 0 to 1"),
    "always": Message("sigmoid"),
}


@dataclass(frozen=True, eq=False, kw_only=True)
class LibraryAnswer:
    """A number of a library, and the choice at each step.

    Attributes
    ----------
    library : Library
    metric : LibraryMetric
    options : mapping
        With the defaults.
    read : Read
        What steps 1 and 2 leave.
    question : Question
    """

    library: Library
    metric: LibraryMetric
    options: Options
    read: Read
    question: Question

    @property
    def decision(self) -> Decision:
        """Step 3."""
        return self.metric.decision_of(self.read, self.options)

    @property
    def comparison(self) -> Comparison:
        """Step 4."""
        return self.metric.comparison_of(self.read, self.options)

    @property
    def average(self) -> Average:
        """Step 5."""
        return self.metric.average(self.read.kind, self.options)

    @property
    def settings(self) -> Settings:
        """The threshold and the k."""
        threshold = self.metric.threshold_of(self.options)
        return Settings(threshold=threshold, k=self.metric.k_of(self.options))

    @cached_property
    def steps(self) -> Steps:
        """The arrays of the steps."""
        read = self.read
        data = Predictions(
            y_true=read.labels, y_pred=read.scores, kind=read.kind, sample_weight=read.weights
        )
        return Steps(data, scores=read.scores)

    @cached_property
    def matches(self) -> Array:
        """After step 4: bool, one per sample, or per element of many labels."""
        return self.comparison.compare(self.steps, self.decision, self.settings)

    @cached_property
    def value(self) -> float:
        """The number."""
        read = self.read
        counted = None if read.ignored is None else ~read.ignored
        matched = Matched(
            matches=self.matches,
            labels=read.labels,
            predicted=self._predicted() if self.average.by_predicted else None,
            n_classes=read.n_classes,
            weights=read.weights,
            counted=counted,
        )
        value = self.average.of(matched)
        return 1 - value if self.metric.is_error else value

    @property
    def evaluation(self) -> Evaluation:
        """Steps 1 to 4 as an evaluation, for the trace of a sample and for code.

        Its number is the mean of the matches, whatever step 5 of the library makes of them.

        Examples
        --------
        >>> from metrics_core.trace import trace
        >>> asked = Question.of("accuracy", [0, 1], [0.4, 0.5])
        >>> str(trace(ask(asked, "torchmetrics-0.9.3").evaluation, 1).sentence)
        '0.5000 is at least 0.5, so class 1; the label is 1: right'
        """
        title = Message(
            "{library}: {call}", {"library": self.library.title, "call": self.metric.name}
        )
        row = Variant(
            name=f"{self.library.name} {self.metric.name}",
            title=title,
            needs=(self.read.kind,),
            decision=self.decision,
            comparison=self.comparison,
            aggregation=MEAN,
            formula="",
            keras="none",
            words=self.average.words(),
        )
        state = state_of(row, self.steps, self.settings)
        return Evaluation(self.steps, row, self.settings, state)

    @cached_property
    def numbers(self) -> tuple[Array, ...]:
        """The arrays of a curve, or the number as the only one."""
        if self.metric.curve is not None:
            return self.metric.curve(self.question)
        return (np.array(self.value),)

    def _predicted(self) -> Array:
        """The predicted classes, also of samples whose label is ignored."""
        read, decided = self.read, self.decision.decide(self.steps, self.settings)
        if read.kind != "sparse":
            return decided
        if self.decision is self.metric.rank:
            if self.decision.name != "rank_by_torch":
                return self.steps.argmax
            scores = read.scores if read.beside is None else np.vstack([read.scores, read.beside])
            return chosen_by_torch(scores, self.settings.k)
        if read.beside is not None:
            return np.concatenate([decided, read.beside.argmax(axis=1)])
        return decided

    @property
    def words(self) -> tuple[Message, Message, Message, Message]:
        """The choices at steps 2 to 5, in words."""
        average = self.average.words()
        if self.metric.is_error:
            average = Message("1 minus the result: {average}", {"average": average})
        return (
            _ACTIVATIONS[self.read.activation],
            self.decision.words(self.settings),
            self.comparison.words(self.settings),
            average,
        )


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
