"""What a library answers to a question: the number, and the five steps that led to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from metrics_core.aggregating import state_of
from metrics_core.catalog.variant import Variant
from metrics_core.evaluation import Evaluation
from metrics_core.libraries.averages import Average, Matched
from metrics_core.libraries.library import Library, LibraryMetric
from metrics_core.libraries.question import Options, Question, Read
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
    "truncated": Message("truncated to whole numbers"),
    "zeroed": Message("0 in place of what is not a number"),
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
            without=read.without,
        )
        if read.samples is not None:
            each = matched.split(read.samples, read.n_samples)
            value = float(np.mean([self.average.of(part) for part in each]))
        else:
            value = self.average.of(matched)
        return 1 - value if self.metric.is_error else value

    @property
    def evaluation(self) -> Evaluation:
        """Steps 1 to 4 as an evaluation, for the trace of a sample and for code.

        Its number is the mean of the matches, whatever step 5 of the library makes of them.

        Examples
        --------
        >>> from metrics_core.libraries import Question, ask
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
