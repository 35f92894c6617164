"""Plain values -> the data and the recipes of a lesson."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, get_args

from metrics_core.catalog.rows import CATALOG
from metrics_core.errors import InputError
from metrics_core.generate import GeneratorSettings
from metrics_core.kinds import KINDS
from metrics_core.lessons.parsing.node import Node, shown
from metrics_core.lessons.parts.recipe import Recipe
from metrics_core.lessons.parts.sources import (
    MAX_CELLS,
    Generated,
    OfScenario,
    Recorded,
    Source,
    Written,
    recorded,
)
from metrics_core.messages import Message
from metrics_core.releases import Loss, release_names
from metrics_core.scenarios import SCENARIOS
from metrics_core.settings import Settings

_SOURCES = ("scenario", "generated", "arrays", "recorded")
_ARRAYS = ("y_true", "y_pred", "kind", "sample_weight", "class_names")
_SETTINGS = tuple(field.name for field in fields(Settings) if field.name != "class_weight")


def parse_source(node: Node) -> Source:
    """Where some data come from.

    Examples
    --------
    >>> parse_source(Node({"scenario": "top-k"}, "data.rows")).predictions().n_samples
    4
    """
    title_node = node.get("title")
    title = None if title_node is None else Message(title_node.text)
    kinds = [key for key in node.mapping if key in _SOURCES]
    if len(kinds) != 1:
        rule = Message("must have exactly one of {names}", {"names": ", ".join(_SOURCES)})
        node.refuse(rule, shown(node.value), Message("See how a lesson is written."))
    match kinds[0]:
        case "scenario":
            node.only(("scenario", "title"))
            return OfScenario(node.at("scenario").one_of(SCENARIOS), title)
        case "generated":
            return parse_generated(node)
        case "recorded":
            node.only(("recorded", "run", "title"))
            experiment = node.at("recorded").one_of(recorded())
            return Recorded(experiment, node.at("run").one_of(("first", "second")), title)
    node.only(("arrays", "title"))
    return Written(_arrays(node.at("arrays")), title)


def parse_generated(node: Node, most: int = MAX_CELLS) -> Generated:
    """Data from a seed, with `most` outputs or fewer.

    Examples
    --------
    >>> parse_generated(Node({"generated": {"n_samples": 8}, "decimals": 1}, "fresh")).decimals
    1
    """
    node.only(("generated", "decimals", "weights", "title"))
    inner = node.at("generated")
    inner.only(field.name for field in fields(GeneratorSettings))
    settings = _checked(inner, lambda: GeneratorSettings(**inner.mapping))
    if settings.n_samples * settings.n_outputs > most:
        rule = Message("must have {most:,} outputs or fewer", {"most": most})
        inner.refuse(
            rule, settings.n_samples * settings.n_outputs, Message("Choose fewer samples.")
        )
    decimals, weights, title = (node.get(key) for key in ("decimals", "weights", "title"))
    return Generated(
        settings,
        None if decimals is None else decimals.whole(0, 6),
        () if weights is None else tuple(float(_weight(each)) for each in weights.items),
        None if title is None else Message(title.text),
    )


def parse_recipe(
    name: str, node: Node, data: Mapping[str, Source], above: dict[str, Recipe]
) -> Recipe:
    """A recipe, which may take what it does not say from one above it with ``like``.

    Examples
    --------
    >>> row = Node({"data": "six", "variant": "recall", "threshold": 0.3}, "recipes.low")
    >>> parse_recipe("low", row, {"six": OfScenario("binary-threshold")}, {}).settings.threshold
    0.3
    """
    node.only(("like", "data", "variant", "release", "loss", "at_least", *_SETTINGS))
    like = node.get("like")
    base = Recipe(name=name, data="")
    if like is not None:
        base = above[like.one_of(above)]
    given = {key: node.at(key) for key in node.mapping if key != "like"}
    changes: dict[str, Any] = {key: given[key].value for key in _SETTINGS if key in given}
    if "at_least" in given:
        changes["threshold"] = given["at_least"].number
    found = Recipe(
        name=name,
        data=given["data"].one_of(data) if "data" in given else base.data,
        variant=given["variant"].one_of(CATALOG) if "variant" in given else base.variant,
        settings=_checked(node, lambda: base.settings.changed(**changes)),
        at_least="at_least" in given or (base.at_least and "threshold" not in given),
        release=given["release"].one_of(release_names()) if "release" in given else base.release,
        loss=given["loss"].one_of(get_args(Loss)) if "loss" in given else base.loss,
    )
    printed = (bool(found.release), bool(found.loss))
    if not found.data or printed != (not found.variant, not found.variant):
        node.refuse(
            Message("must have `data`, and either `variant` or both `release` and `loss`"),
            shown(node.value),
            Message("Name them, or a recipe above with `like`."),
        )
    return found


def _arrays(node: Node) -> Mapping[str, Any]:
    node.only(_ARRAYS)
    arrays = {key: node.at(key).value for key in node.mapping}
    for key in ("y_true", "y_pred", "sample_weight"):
        _check_numbers(node.at(key) if key in ("y_true", "y_pred") else node.get(key))
    kind = node.get("kind")
    if kind is not None:
        kind.one_of(KINDS)
    _checked(node, Written(arrays).predictions)
    return arrays


def _check_numbers(node: Node | None) -> None:
    """Refuse what is no list of numbers, or of lists of numbers, or too long."""
    rows = [] if node is None else node.value
    if node is None:
        return
    if not isinstance(rows, list) or len(rows) > MAX_CELLS:
        node.refuse(
            Message("must be a list of numbers"),
            shown(rows),
            Message("Write one entry per sample."),
        )
    cells = [cell for row in rows for cell in (row if isinstance(row, list) else [row])]
    if len(cells) > MAX_CELLS or not all(type(cell) in (int, float) for cell in cells):
        node.refuse(
            Message("must be a list of numbers"),
            shown(rows),
            Message("Write one entry per sample."),
        )


def _weight(node: Node) -> float:
    if node.number < 0:
        node.refuse(
            Message("must not be negative"), node.value, Message("Use 0 for what should not count.")
        )
    return node.number


def _checked(node: Node, compute: Any) -> Any:
    """What is computed; a refusal is told with the path of the node."""
    try:
        return compute()
    except InputError as error:
        path = f"{node.path}.{error.argument}"
        raise InputError(path, error.rule, error.received, error.hint) from None
    except (TypeError, ValueError, OverflowError):
        node.refuse(
            Message("must have values of the right type"),
            shown(node.value),
            Message("Check its entries."),
        )
