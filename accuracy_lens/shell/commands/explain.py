"""`accuracy-lens explain`: which calculation gives a number, and why another is different."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import click

from accuracy_lens.explain.number import words
from accuracy_lens.explain.number.found import Found, likelier
from accuracy_lens.shell import options, printing
from accuracy_lens.shell.data import Data
from accuracy_lens.shell.progress import progress
from accuracy_lens.words.text import say, say_code
from metrics_core.messages import Message
from metrics_core.reverse import (
    Recipe,
    Story,
    Trials,
    differences,
    keras_recipe,
    numpy_recipe,
    stories,
    title_of,
    typed_readings,
)
from metrics_core.steps.step import Step


@click.command(short_help="Which calculation gives a number.")
@click.option("--printed", metavar="NUMBER", help="The number that was printed.")
@click.option("--own", metavar="NUMBER", help="The number that you computed yourself.")
@options.on_data
@options.as_json
@options.in_language
def explain(data: Data, printed: str | None, own: str | None, *, json: bool) -> None:
    """Find the calculations that give a number on the outputs in FILE, the likeliest first.

    With both numbers: the likely story of why they differ. Type as many digits as were printed.

    \b
    Examples:
      accuracy-lens explain --scenario ten-sigmoid-units --printed 0.90 --own 0.10
      accuracy-lens explain outputs.npz --printed 0.8750 --json
    """
    typed = {name: text for name, text in (("printed", printed), ("own", own)) if text is not None}
    if not typed:
        raise click.UsageError(say("Give --printed, --own, or both."))
    ways = {name: typed_readings(text) for name, text in typed.items()}
    with progress(say("Trying recipes")) as tell:
        trials = Trials(data.predictions, progress=tell)
        found = {
            name: likelier(
                typed[name], [trials.search(way.value, digits=way.digits) for way in readings]
            )
            for name, readings in ways.items()
        }
    told: tuple[Story, ...] = ()
    if all(each.search.recipes for each in found.values()):
        told = stories(*(each.search for each in found.values()))[: 1 + words.MOST_BESIDE]
    if json:
        printing.write_json(data, _content(found, told))
    else:
        _print(data, found, told)


def headline(found: Sequence[Found], told: Sequence[Story]) -> list[str]:
    """The sentences of the likeliest story; without one, what was found."""
    if not told:
        return [
            say("None of the kinds of calculation tried gives {number}.", number=each.text)
            for each in found
            if not each.search.recipes
        ]
    first = told[0]
    if len(found) == 1:
        return [words.single(found[0].text, first)]
    said = [] if first.share >= words.CONVINCING else [words.unconvincing()]
    said.append(words.pair([each.text for each in found], first))
    said += [say(difference) for difference in differences(*first.recipes)]
    return [*said, words.how_sure(first)]


def _content(found: dict[str, Found], told: Sequence[Story]) -> dict[str, object]:
    given = list(found.values())
    first = told[0] if told else None
    return {
        "headline": " ".join(headline(given, told)),
        "share": first and first.share,
        "differs_at": first and list(first.steps),
        "numbers": {name: each.text for name, each in found.items()},
        "readings": {name: each.reading and say(each.reading) for name, each in found.items()},
        "chance": {
            name: each.search.recipes[0].chance if each.search.recipes else None
            for name, each in found.items()
        },
        "recipes": {
            name: [_recipe(each) for each in words.shown(entry.search)]
            for name, entry in found.items()
        },
        "nearest": {
            name: [_recipe(each) for each in entry.search.nearest] for name, entry in found.items()
        },
        "left_out": _all(entry.search.left_out for entry in given),
        "elsewhere": _all(entry.search.outside for entry in given),
    }


def _recipe(recipe: Recipe) -> dict[str, object]:
    return {
        "rank": recipe.rank,
        "value": recipe.value,
        "variant": recipe.variant,
        "title": say(title_of(recipe)),
        "steps": {
            step.name.lower(): choice
            for step, choice in zip(Step, map(say, recipe.steps), strict=True)
        },
        "releases": list(recipe.releases),
        "chance": recipe.chance,
        "keras": say_code(keras_recipe(recipe)),
        "numpy": say_code(numpy_recipe(recipe)),
    }


def _print(data: Data, found: dict[str, Found], told: Sequence[Story]) -> None:
    printing.write_head(data)
    given = list(found.values())
    for sentence in headline(given, told):
        printing.write_line(sentence)
    if len(given) == 1:
        for story in words.close_ones(told):
            printing.write_line(words.as_well(story))
    for each in given:
        printing.write()
        if each.reading:
            printing.write_line(say(each.reading))
        _print_recipes(each)
    for title, lines in (
        (say("Left out for the size of the data"), [each.search.left_out for each in given]),
        (say("Causes outside these calculations"), [each.search.outside for each in given]),
    ):
        said = _all(lines)
        if said:
            printing.write(f"\n{title}")
            for line in said:
                printing.write_line(f"- {line}")


def _print_recipes(found: Found) -> None:
    recipes = words.shown(found.search) or found.search.nearest
    if not found.search.recipes:
        printing.write(say("The recipes that come nearest"))
    else:
        printing.write(
            say(
                "{n:,} kind of calculation gives {number}",
                plural="{n:,} kinds of calculation give {number}",
                n=len(found.search.recipes),
                number=found.text,
            )
        )
    steps = [tuple(map(say, recipe.steps)) for recipe in recipes]
    telling = [step for step in Step if len({each[step - 1] for each in steps}) > 1]
    head = [say("exact value"), say("variant"), *(say(step.title) for step in telling)]
    rows = [
        [repr(recipe.value), say(title_of(recipe)), *(each[step - 1] for step in telling)]
        for recipe, each in zip(recipes, steps, strict=True)
    ]
    if found.search.recipes:
        head.append(say("by chance"))
        for row, recipe in zip(rows, recipes, strict=True):
            row.append(words.chance_words(recipe.chance))
    printing.table(head, rows)


def _all(given: Iterable[Sequence[Message]]) -> list[str]:
    """The sentences of both numbers, each once."""
    return list(dict.fromkeys(chain.from_iterable(map(say, each) for each in given)))
