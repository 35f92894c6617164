"""What a row of the table of libraries says, and what each of its metrics does in five steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from metrics_core.kinds import Kind
from metrics_core.libraries.averages import MEAN, Average
from metrics_core.libraries.question import Options, Question, Read
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.steps.choices.comparison.choice import Comparison
from metrics_core.steps.choices.comparison.classes import EQUAL_CLASS, IN_TOP_K
from metrics_core.steps.choices.comparison.labels import ALL_EQUAL, EQUAL, EQUAL_OUTPUT
from metrics_core.steps.choices.decision.argmax_of_libraries import NAN_HIGHEST
from metrics_core.steps.choices.decision.at_least import ABOVE
from metrics_core.steps.choices.decision.choice import NO_DECISION, Decision

Averages = Callable[[Kind, Options], Average]


def never(options: Options) -> bool:
    """That the elements of a sample are compared apart."""
    return False


def always(options: Options) -> bool:
    """That all elements of a sample must be right."""
    return True


def plain_mean(kind: Kind, options: Options) -> Average:
    """The mean of all that counts."""
    return MEAN


@dataclass(frozen=True, kw_only=True)
class LibraryMetric:
    """One metric of a library: the choice that it makes at each of the five steps.

    Attributes
    ----------
    name : str
        As the library calls it.
    options : mapping
        Its arguments with their defaults.
    reads : callable
        Steps 1 and 2: what it takes, refuses and leaves out, and the activation.
    decision : Decision
        Step 3 of one output per sample and of many labels.
    class_decision : Decision
        Step 3 of several outputs for one class.
    rank : Decision or None
        Step 3 with a k; None where there is no k.
    k : str
        The option that is the k of the top k; with 1 the highest output is taken instead, unless
        `always_ranks`.
    threshold : str
        The option that is the threshold; empty for `fixed_threshold`.
    fixed_threshold : float
    threshold_as : callable
        From the option to what scores are compared with.
    exact : callable
        Step 4 of many labels: whether all of a sample must be right.
    average : callable
        Step 5, from the kind of what was read and the options.
    is_error : bool
        Whether it is 1 minus the accuracy.
    curve : callable or None
        For metrics at every threshold: several numbers instead of one.
    """

    name: str
    options: Mapping[str, object] = field(default_factory=dict)
    reads: Callable[[Question, Options], Read] = field(hash=False)
    decision: Decision = ABOVE
    class_decision: Decision = NAN_HIGHEST
    rank: Decision | None = None
    k: str = ""
    always_ranks: bool = False
    threshold: str = ""
    fixed_threshold: float = 0.5
    threshold_as: Callable[[float], float] = float
    exact: Callable[[Options], bool] = never
    average: Averages = plain_mean
    is_error: bool = False
    curve: Callable[[Question], tuple[Array, ...]] | None = None

    def k_of(self, options: Options) -> int:
        """The k of the top k; 1 where there is none."""
        chosen = options.get(self.k) if self.k else None
        return int(chosen) if isinstance(chosen, int) else 1

    def threshold_of(self, options: Options) -> float:
        """What scores are compared with."""
        chosen = options[self.threshold] if self.threshold else None
        chosen = self.fixed_threshold if chosen is None else chosen
        return self.threshold_as(float(chosen))  # type: ignore[arg-type]

    def decision_of(self, read: Read, options: Options) -> Decision:
        """Step 3."""
        if read.kind == "class_indices" or (
            read.kind == "multi_label" and read.scores.dtype.kind in "iub"
        ):
            return NO_DECISION
        if read.kind == "sparse":
            ranks = self.rank is not None and (self.always_ranks or self.k_of(options) > 1)
            return self.rank if ranks and self.rank is not None else self.class_decision
        return self.decision

    def comparison_of(self, read: Read, options: Options) -> Comparison:
        """Step 4."""
        if read.kind == "sparse":
            ranked = self.decision_of(read, options) is self.rank
            return IN_TOP_K if ranked else EQUAL_CLASS
        if read.kind == "multi_label" and self.exact(options):
            return ALL_EQUAL
        return EQUAL_OUTPUT if read.kind == "class_indices" else EQUAL


@dataclass(frozen=True, kw_only=True)
class Library:
    """One row of the table: versions of a library that compute alike.

    Attributes
    ----------
    package : str
        As the package index calls it.
    title : str
    ran : tuple of str
        The versions that were run and recorded and follow the row in every case, oldest first;
        empty where the row follows the documentation and was not run.
    documented : str
        The version of the documentation of a row that was not run.
    changed : Message
        What the first of them does otherwise than the version before it.
    source : str
        Where that stands.
    metrics : tuple of LibraryMetric
    """

    package: str
    title: str
    ran: tuple[str, ...]
    documented: str = ""
    changed: Message = field(hash=False)
    source: str
    metrics: tuple[LibraryMetric, ...] = field(hash=False)

    @property
    def name(self) -> str:
        """The package and the newest version that follows the row.

        Examples
        --------
        >>> from metrics_core.libraries import LIBRARIES
        >>> LIBRARIES["torchmetrics-0.11.4"].title
        'torchmetrics'
        """
        return f"{self.package}-{self.newest}"

    @property
    def oldest(self) -> str:
        """The first of the versions."""
        return self.ran[0] if self.ran else self.documented

    @property
    def newest(self) -> str:
        """The last of the versions."""
        return self.ran[-1] if self.ran else self.documented
