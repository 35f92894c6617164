"""Plain values -> a lesson, from the top down; what is named must stand above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from metrics_core.lessons.parsing.data import parse_generated, parse_recipe, parse_source
from metrics_core.lessons.parsing.expressions import Known
from metrics_core.lessons.parsing.node import Node, shown
from metrics_core.lessons.parsing.questions import parse_question
from metrics_core.lessons.parts.lesson import Check, Lesson, Predict, Read, Reveal, Step, Try
from metrics_core.lessons.parts.recipe import Recipe
from metrics_core.lessons.parts.sources import MAX_FRESH_CELLS
from metrics_core.lessons.parts.values import Value
from metrics_core.live_keras.experiments import EXPERIMENTS
from metrics_core.messages import Message
from metrics_core.settings import Settings

_KINDS = ("read", "predict", "reveal", "try", "check")
_CONTROLS = tuple(field.name for field in fields(Settings))


def parse_lesson(content: object) -> Lesson:
    """Make a lesson of what a JSON or YAML file holds.

    Parameters
    ----------
    content : mapping
        With ``name``, ``title``, ``question``, ``minutes``, ``before``, ``keep``, ``data``,
        ``recipes``, ``values`` and ``steps``.

    Raises
    ------
    InputError
        Names the place, as in ``steps[2].choices[0].recipe``, the rule and what came. Whether its
        questions have answers is computed by `metrics_core.lessons.audit.faults`.

    Examples
    --------
    >>> from metrics_core.lessons.rows import rows
    >>> parse_lesson(rows()[0]).name
    'six-probabilities'
    """
    node = Node(content, "")
    node.only(field.name for field in fields(Lesson))
    data = {name: parse_source(each) for name, each in node.at("data").entries}
    recipes: dict[str, Recipe] = {}
    for name, each in node.at("recipes").entries:
        recipes[name] = parse_recipe(name, each, data, recipes)
    values: dict[str, Value] = {}
    for name, each in node.at("values").entries:
        values[name] = Known(recipes, values, data).value(each)
    known = Known(recipes, values, data)
    lesson = Lesson(
        name=node.at("name").name,
        title=known.text(node.at("title")),
        question=known.text(node.at("question")),
        keep=known.text(node.at("keep")),
        minutes=node.at("minutes").whole(1, 90),
        before=tuple(known.text(each) for each in node.at("before").items),
        data=data,
        recipes=recipes,
        values=values,
        steps=tuple(_step(each, known, data) for each in node.at("steps").items),
    )
    _check_order(lesson, node.at("steps"))
    return lesson


def _step(node: Node, known: Known, data: Mapping[str, Any]) -> Step:
    kinds = [key for key in node.mapping if key in _KINDS]
    if len(kinds) != 1:
        rule = Message("must have exactly one of {names}", {"names": ", ".join(_KINDS)})
        node.refuse(rule, shown(node.value), Message("See how a lesson is written."))
    match kinds[0]:
        case "read":
            node.only(("read", "view", "experiment"))
            experiment = node.get("experiment")
            return Read(
                text=known.texts(node.at("read")),
                view=known.optional(node.get("view")),
                experiment="" if experiment is None else experiment.one_of(EXPERIMENTS),
            )
        case "predict":
            return Predict(question=parse_question(node, known))
        case "reveal":
            node.only(("reveal", "text", "view", "beside"))
            return Reveal(
                of=node.at("reveal").name,
                text=known.texts(node.at("text")),
                view=known.recipe(node.at("view")),
                beside=known.optional(node.get("beside")),
            )
        case "try":
            return _try(node, known)
    node.only(("check", "fresh", "needs"))
    fresh = node.at("fresh")
    fresh.only(data)
    return Check(
        of=node.at("check").name,
        fresh={name: parse_generated(each, MAX_FRESH_CELLS) for name, each in fresh.entries},
        needs=known.conditions(node.get("needs")),
    )


def _try(node: Node, known: Known) -> Try:
    node.only(("try", "text", "reached", "moves", "controls", "goal", "example"))
    controls = tuple(each.one_of(_CONTROLS) for each in node.at("controls").items)
    example = node.at("example")
    example.only(controls)
    moves = node.at("moves").items
    if not moves:
        node.refuse(
            Message("must move one recipe or more"),
            shown(node.value),
            Message("Name it in `moves`."),
        )
    return Try(
        name=node.at("try").name,
        text=known.texts(node.at("text")),
        reached=known.texts(node.at("reached")),
        moves=tuple(known.recipe(each) for each in moves),
        controls=controls,
        goal=known.conditions(node.at("goal")),
        example=dict(example.mapping),
    )


def _check_order(lesson: Lesson, node: Node) -> None:
    """Every question has a name of its own, and is asked before it is revealed or checked."""
    seen: set[str] = set()
    for step, each in zip(lesson.steps, node.items, strict=True):
        name = step.question.name if isinstance(step, Predict) else ""
        name = step.name if isinstance(step, Try) else name
        if name in seen:
            each.refuse(
                Message("must have a name of its own"), name, Message("Choose another name.")
            )
        if isinstance(step, Reveal | Check) and step.of not in seen & set(lesson.questions):
            each.refuse(
                Message("must come after the question that it names"),
                step.of,
                Message("Ask it first."),
            )
        seen |= {name} - {""}
