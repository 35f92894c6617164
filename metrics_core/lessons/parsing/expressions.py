"""Plain values -> the values, conditions and sets of samples of a lesson, and its texts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from metrics_core.lessons.parsing.node import Node, shown
from metrics_core.lessons.parts.conditions import RELATIONS, Condition
from metrics_core.lessons.parts.marked import HOW, Marked
from metrics_core.lessons.parts.texts import Text, placeholders
from metrics_core.lessons.parts.values import (
    COUNTED,
    NAMES,
    OPERATIONS,
    Combined,
    Counted,
    Given,
    Measure,
    Named,
    OfRun,
    OfSample,
    Value,
)
from metrics_core.messages import Message

_READ = ("score", "label", "number")
_PRINTED = ("accuracy", "loss")


@dataclass(frozen=True)
class Known:
    """The names that a lesson has given so far.

    Attributes
    ----------
    recipes, values, data : collection of str
    """

    recipes: Collection[str]
    values: Collection[str] = ()
    data: Collection[str] = ()

    def recipe(self, node: Node) -> str:
        """The name of a recipe."""
        return node.one_of(self.recipes)

    def optional(self, node: Node | None) -> str:
        """The name of a recipe, or nothing."""
        return "" if node is None else self.recipe(node)

    def value(self, node: Node) -> Value:
        """A number, ``recipe.measure``, the name of a value, or an operation."""
        if isinstance(node.value, int | float):
            return Given(node.number)
        if isinstance(node.value, str):
            return self._named(node)
        keys = tuple(node.mapping)
        if len(keys) == 1 and keys[0] in OPERATIONS:
            return Combined(keys[0], tuple(self.value(part) for part in node.at(keys[0]).items))
        if len(keys) == 1 and keys[0] in _READ:
            return OfSample(keys[0], self.marked(node.at(keys[0])))
        return self._counted(node)

    def _counted(self, node: Node) -> Value:
        """``{"scores": recipe, "above": 0.5}`` or ``{"loss": data, "epoch": 1}``."""
        keys = set(node.mapping)
        for how in COUNTED:
            if keys == {"scores", how}:
                recipe = self.recipe(node.at("scores"))
                return Counted(recipe, how, float(node.at(how).number))
        for name in _PRINTED:
            if keys == {name, "epoch"}:
                data = node.at(name).one_of(self.data)
                return OfRun(data, name, node.at("epoch").whole(0, 1000))
        rule = Message(
            "must be a number, `recipe.measure`, the name of a value above it, or one of {names}",
            {"names": ", ".join((*OPERATIONS, *_READ, *_PRINTED, "scores"))},
        )
        return node.refuse(rule, shown(node.value), Message("See how a lesson is written."))

    def marked(self, node: Node) -> Marked:
        """Samples with a property: ``{"wrong": recipe}`` or ``{"differs": [recipe, recipe]}``."""
        ((key, _),) = node.mapping.items() if len(node.mapping) == 1 else (("", None),)
        if key == "differs":
            parts = node.at(key).items
            if len(parts) != 2:
                node.refuse(
                    Message("must name two recipes"),
                    shown(node.value),
                    Message("Write [one, another]."),
                )
            return Marked(key, self.recipe(parts[0]), self.recipe(parts[1]))
        Node(key, node.path).one_of((*HOW, "differs"))
        return Marked(key, self.recipe(node.at(key)))

    def conditions(self, node: Node | None) -> tuple[Condition, ...]:
        """A list of conditions, each a list of a value, a relation and a value."""
        return () if node is None else tuple(self._condition(each) for each in node.items)

    def text(self, node: Node, recipe: str = "") -> Text:
        """A template, or one with a plural; its placeholders are values of the lesson.

        With `recipe` they may be measures of it as well.
        """
        if isinstance(node.value, dict):
            node.only(("one", "other", "n"))
            found = Text(node.at("one").text, node.at("other").text, node.at("n").text)
        else:
            found = Text(node.text)
        known = {*self.values, *(NAMES if recipe else ())}
        try:
            names = {
                name for each in (found.template, found.plural) for name, _ in placeholders(each)
            }
        except ValueError:
            node.refuse(
                Message("must have placeholders of a name and a plain format only"),
                shown(node.value),
                Message("Write {{name}}, {{name:.4f}} or {{name:,}}."),
            )
        for name in sorted({*names, *filter(None, [found.n])} - known):
            rule = Message("must name values of the lesson: {name} is none", {"name": name})
            node.refuse(
                rule, shown(node.value), Message("Add it to `values`, or check the spelling.")
            )
        return found

    def texts(self, node: Node) -> tuple[Text, ...]:
        """One text, or a list of them."""
        if isinstance(node.value, list | tuple):
            return tuple(self.text(each) for each in node.items)
        return (self.text(node),)

    def _named(self, node: Node) -> Value:
        recipe, dot, measure = node.text.partition(".")
        if dot:
            return Measure(
                Node(recipe, node.path).one_of(self.recipes), Node(measure, node.path).one_of(NAMES)
            )
        return Named(node.one_of(self.values))

    def _condition(self, node: Node) -> Condition:
        parts = node.items
        if len(parts) != 3:
            node.refuse(
                Message("must be a value, a relation and a value"),
                shown(node.value),
                Message('Write ["recall.result", "at_least", 0.9].'),
            )
        left, relation, right = parts
        return Condition(self.value(left), relation.one_of(RELATIONS), self.value(right))
