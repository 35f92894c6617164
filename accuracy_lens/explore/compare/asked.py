"""What is compared, whatever the threshold is, and where the page draws what follows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from streamlit.delta_generator import DeltaGenerator

from accuracy_lens.explore.compare import answers
from accuracy_lens.explore.compare.controls import TwoSettings
from accuracy_lens.explore.compare.curves import Curves
from accuracy_lens.explore.compare.lenses import Places
from accuracy_lens.explore.compare.pair import Known, Pair
from accuracy_lens.explore.compare.sources import Other
from metrics_core.messages import Message
from metrics_core.reading.same_samples import SameSamples


@dataclass(frozen=True, eq=False, kw_only=True)
class Asked:
    """A comparison.

    Attributes
    ----------
    both : SameSamples
    other : Other
        B as it was chosen.
    pair : Pair
        With the thresholds as they stood.
    settings : TwoSettings
    class_index : int or None
    name, second : str
        The variant that is compared; of B where it is another one.
    seed : int
    curves : Curves or None
    others : mapping
        All that stand beside A at once, where that is asked for.
    which : str
        The samples that are shown.
    metrics, several, lenses, decided, parting, samples : DeltaGenerator, or a pair
        Where each is drawn; None for what two releases do not have.
    known : dict
        The differences that were found; no move changes those that follow no threshold.
    """

    both: SameSamples
    other: Other
    pair: Pair
    settings: TwoSettings
    class_index: int | None
    name: str
    second: str
    seed: int
    curves: Curves | None
    others: Mapping[str, Callable[[], Other]]
    which: str
    metrics: DeltaGenerator | None
    several: DeltaGenerator
    lenses: Places | None
    decided: DeltaGenerator | None
    parting: DeltaGenerator
    samples: DeltaGenerator
    known: Known = field(default_factory=dict)

    def moved(self) -> Pair:
        """Draw the thresholds; A and B with them."""
        return Pair(self.pair.a, self.pair.b, self.settings.moved())

    @property
    def joined_words(self) -> list[Message]:
        """How the samples were brought together; empty where they are the same ones."""
        if self.other.predictions is self.both.a:
            return []
        return answers.joined_words(self.both, labelled=self.other.labelled)

    def class_names(self, n_classes: int) -> list[str]:
        """What the classes of the confusion matrices are called."""
        data = self.both.a
        if data.kind == "multi_label":
            return [str(index) for index in range(n_classes)]
        return [data.class_name(index) for index in range(n_classes)]
