"""A place for the threshold in a row of controls, so that a fragment can draw it there."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from accuracy_lens.view.control_table.control import Control
from accuracy_lens.view.control_table.controls import pick_threshold
from accuracy_lens.view.control_table.table import View
from metrics_core.settings import Settings


class ThresholdPlace:
    """A place in a row for the threshold, which a fragment draws there.

    Parameters
    ----------
    pick : callable
        What draws it.
    control : Control
        What it draws.
    """

    def __init__(
        self,
        pick: Callable[[], float] = pick_threshold,
        control: Control[float] = View.threshold,
    ) -> None:
        self.pick, self.control = pick, control
        self.kept: DeltaGenerator | None = None

    def keep(self) -> float:
        """Keep the place; give the threshold as it stands."""
        self.kept = st.container(key=f"{self.control.key}_place", width=150)
        self.kept.empty()  # keeps its space: a container without anything in it is not there yet
        return self.control.read()

    def draw(self) -> float:
        """Draw the threshold there."""
        assert self.kept is not None
        with self.kept:
            return self.pick()

    def moved(self, settings: Settings) -> Settings:
        """The settings with the threshold that is drawn, or as they are where it has no place."""
        return settings if self.kept is None else settings.changed(threshold=self.draw())
