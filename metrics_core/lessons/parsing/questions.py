"""Plain values -> the questions of a lesson."""

from __future__ import annotations

from typing import Any

from metrics_core.lessons.parsing.expressions import Known
from metrics_core.lessons.parsing.node import Node, shown
from metrics_core.lessons.parts.questions import (
    Choice,
    Marks,
    Mistake,
    Number,
    Option,
    Place,
    Question,
)
from metrics_core.messages import Message

_KINDS = ("choices", "number", "place", "marks")
_ALWAYS = ("predict", "ask", "recipe")
_SAID = ("answer", "otherwise", "mistakes")
MAX_DIGITS = 6


def parse_question(node: Node, known: Known) -> Question:
    """A question; the kind is the entry that it has of choices, number, place and marks.

    Examples
    --------
    >>> row = {"predict": "p", "ask": "How many?", "recipe": "r", "number": "r.total",
    ...        "digits": 0, "answer": "Yes.", "otherwise": "No."}
    >>> type(parse_question(Node(row, "steps[0]"), Known(["r"]))).__name__
    'Number'
    """
    kinds = [key for key in node.mapping if key in _KINDS]
    if len(kinds) != 1:
        rule = Message("must have exactly one of {names}", {"names": ", ".join(_KINDS)})
        node.refuse(rule, shown(node.value), Message("See how a lesson is written."))
    always: dict[str, Any] = {
        "name": node.at("predict").name,
        "ask": known.texts(node.at("ask")),
        "recipe": known.recipe(node.at("recipe")),
    }
    match kinds[0]:
        case "choices":
            return _choice(node, known, always)
        case "number":
            node.only((*_ALWAYS, "number", "digits", *_SAID))
            return Number(
                **always,
                truth=known.value(node.at("number")),
                digits=node.at("digits").whole(0, MAX_DIGITS),
                **_said(node, known),
            )
        case "place":
            node.only((*_ALWAYS, "place", "moves", "example", *_SAID))
            return Place(
                **always,
                moves=tuple(known.recipe(each) for each in node.at("moves").items),
                goal=known.conditions(node.at("place")),
                example=float(node.at("example").number),
                **_said(node, known),
            )
    node.only((*_ALWAYS, "marks", *_SAID))
    return Marks(**always, truth=known.marked(node.at("marks")), **_said(node, known))


def _choice(node: Node, known: Known, always: dict[str, Any]) -> Choice:
    node.only((*_ALWAYS, "choices", "truth"))
    truth = node.get("truth")
    options = tuple(
        _option(each, known, valued=truth is not None) for each in node.at("choices").items
    )
    names = [option.name for option in options]
    if len(names) < 2 or len(set(names)) < len(names):
        node.refuse(
            Message("must have two choices or more, of different names"),
            names,
            Message("Name each once."),
        )
    return Choice(**always, options=options, truth=None if truth is None else known.value(truth))


def _option(node: Node, known: Known, *, valued: bool) -> Option:
    node.only(("name", "text", "answer", "recipe", "value" if valued else "if"))
    recipe = known.optional(node.get("recipe"))
    value = node.get("value")
    if valued and value is None:
        value = Node(f"{known.recipe(node.at('recipe'))}.result", node.path)
    return Option(
        name=node.at("name").name,
        text=known.text(node.at("text"), recipe),
        answer=known.text(node.at("answer"), recipe),
        recipe=recipe,
        value=None if value is None else known.value(value),
        condition=() if valued else known.conditions(node.at("if")),
    )


def _said(node: Node, known: Known) -> dict[str, Any]:
    mistakes = node.get("mistakes")
    return {
        "answer": known.text(node.at("answer")),
        "otherwise": known.text(node.at("otherwise")),
        "mistakes": tuple(
            _mistake(each, known) for each in ([] if mistakes is None else mistakes.items)
        ),
    }


def _mistake(node: Node, known: Known) -> Mistake:
    node.only(("value", "marks", "if", "recipe", "answer"))
    value, marks = node.get("value"), node.get("marks")
    recipe = known.optional(node.get("recipe"))
    return Mistake(
        answer=known.text(node.at("answer"), recipe),
        recipe=recipe,
        value=None if value is None else known.value(value),
        marked=None if marks is None else known.marked(marks),
        condition=known.conditions(node.get("if")),
    )
