"""A lesson with everything computed: its recipes on its data, its numbers, its sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

from metrics_core.errors import InputError
from metrics_core.evaluation import Evaluation, evaluate
from metrics_core.lessons.parts.lesson import Lesson
from metrics_core.lessons.parts.recipe import Recipe
from metrics_core.lessons.parts.sources import Source
from metrics_core.lessons.parts.texts import Text
from metrics_core.lessons.parts.values import NAMES, Measure, Number
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.releases import CompiledAccuracy, Loss, for_predictions
from metrics_core.steps.shared import Steps


@dataclass(frozen=True, eq=False)
class Workings:
    """The recipes of a lesson on its own data, on fresh data, or with moved settings.

    Everything is computed when it is first asked for and kept.

    Attributes
    ----------
    lesson : Lesson
    fresh : mapping of str to Predictions
        Data that take the place of the lesson's.
    moved : mapping of str to mapping
        Settings that differ from the recipe's own, by the name of the recipe.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> workings = Workings(lesson("six-probabilities"))
    >>> workings.evaluation("plain").total
    5.0
    >>> workings.with_settings(["plain"], threshold=0.65).value("right")
    6
    """

    lesson: Lesson
    fresh: Mapping[str, Predictions] = field(default_factory=dict)
    moved: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    _kept: dict[object, object] = field(default_factory=dict, repr=False)

    def on(self, fresh: Mapping[str, Predictions]) -> Workings:
        """The same recipes where some data are others."""
        return Workings(self.lesson, {**self.fresh, **fresh}, self.moved)

    def with_settings(self, recipes: Iterable[str], **changes: object) -> Workings:
        """The same data where some recipes have other settings.

        Raises
        ------
        InputError
            If there is no such setting, or its value is out of its range.
        """
        moved = {name: {**self.moved.get(name, {}), **changes} for name in recipes}
        for name, settings in moved.items():
            self.lesson.recipes[name].changed(settings)
        return Workings(self.lesson, self.fresh, {**self.moved, **moved})

    def recipe(self, name: str) -> Recipe:
        """The recipe of this name, with the settings of the view."""
        recipe, moved = self.lesson.recipes[name], self.moved.get(name)
        return recipe.changed(dict(moved)) if moved else recipe

    def source(self, name: str) -> Source:
        """Where the lesson's own data of this name come from."""
        return self.lesson.data[name]

    def predictions(self, name: str) -> Predictions:
        """The data of this name."""
        if name in self.fresh:
            return self.fresh[name]
        return cast("Predictions", self._once(("data", name), self.lesson.data[name].predictions))

    def evaluation(self, name: str) -> Evaluation:
        """A recipe applied to its data; for a release, the row of the catalogue behind it."""
        return cast("Evaluation", self._once(("evaluation", name), lambda: self._evaluated(name)))

    def result(self, name: str) -> float:
        """The number of a recipe, as the release prints it where the recipe names one."""
        return cast("float", self._once(("result", name), lambda: self._result(name)))

    def value(self, name: str) -> Number:
        """The named value of the lesson."""
        return cast("Number", self._once(("value", name), lambda: self._value(name)))

    def text(self, text: Text, recipe: str = "") -> Message:
        """A sentence with its numbers; those of `recipe` can be named by their measure."""
        values: dict[str, object] = {
            name: Measure(recipe, name).of(self)
            if recipe and name in NAMES and name not in self.lesson.values
            else self.value(name)
            for name in text.names
        }
        if not text.plural:
            return Message(text.template, values)
        return Message(text.template, {**values, "n": values[text.n]}, plural=text.plural)

    def texts(self, texts: Iterable[Text]) -> tuple[Message, ...]:
        """Several sentences."""
        return tuple(self.text(each) for each in texts)

    def _evaluated(self, name: str) -> Evaluation:
        recipe = self.recipe(name)
        data, variant = self.predictions(recipe.data), recipe.variant
        if recipe.release:
            found = self._printed(recipe).variant
            if found is None:
                raise InputError(
                    "release",
                    "must compute a row of the catalogue",
                    recipe.release,
                    "Name the variant instead.",
                )
            variant = found
        key = ("steps", recipe.data, recipe.settings.activation)
        steps = cast("Steps", self._once(key, lambda: Steps(data, recipe.settings.activation)))
        return evaluate(data, variant, recipe.used, steps=steps)

    def _result(self, name: str) -> float:
        recipe = self.recipe(name)
        return self._printed(recipe).value if recipe.release else self.evaluation(name).result

    def _printed(self, recipe: Recipe) -> CompiledAccuracy:
        return for_predictions(
            self.predictions(recipe.data),
            release=recipe.release,
            loss=cast("Loss", recipe.loss),
            batch_size=recipe.settings.batch_size,
            weighted=recipe.settings.weighted,
        )

    def _value(self, name: str) -> Number:
        return self.lesson.values[name].of(self)

    def _once(self, key: object, compute: Callable[[], object]) -> object:
        if key not in self._kept:
            self._kept[key] = compute()
        return self._kept[key]
