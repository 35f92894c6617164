"""What a page opens to show a recipe: the data, the card and the settings of the view."""

from __future__ import annotations

from dataclasses import dataclass

from metrics_core.generate import GeneratorSettings
from metrics_core.lessons.parts.sources import Generated, OfScenario
from metrics_core.lessons.workings import Workings
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings


@dataclass(frozen=True, eq=False, kw_only=True)
class Opened:
    """A view of the Metrics page.

    Attributes
    ----------
    predictions : Predictions
    scenario : str
        The worked example that the data are, for a link; empty where they are none.
    generated : GeneratorSettings or None
        What the data were drawn with, where the generator draws exactly these.
    card : str
        The variant to look at.
    settings : Settings
    release, loss : str
        What the number is printed by; empty for a row of the catalogue.
    """

    predictions: Predictions
    scenario: str
    generated: GeneratorSettings | None
    card: str
    settings: Settings
    release: str
    loss: str


def opened(workings: Workings, name: str) -> Opened:
    """The view of a recipe, on the data and with the settings that the workings have.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> view = opened(Workings(lesson("six-probabilities")), "plain")
    >>> view.scenario, view.card, view.settings.threshold
    ('binary-threshold', 'binary_accuracy', 0.5)
    """
    recipe = workings.recipe(name)
    source = None if recipe.data in workings.fresh else workings.source(recipe.data)
    as_drawn = isinstance(source, Generated) and source.decimals is None and not source.weights
    return Opened(
        predictions=workings.predictions(recipe.data),
        scenario=source.name if isinstance(source, OfScenario) else "",
        generated=source.settings if isinstance(source, Generated) and as_drawn else None,
        card=workings.evaluation(name).variant.name,
        settings=recipe.used,
        release=recipe.release,
        loss=recipe.loss,
    )
