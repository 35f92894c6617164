"""All releases as the rows of a table: those that answer alike stand in a row together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from accuracy_lens.explain.which_accuracy.answers import Answer
from accuracy_lens.words.text import figure, say
from metrics_core.catalog.rows import CATALOG
from metrics_core.messages import Message
from metrics_core.releases import RELEASES, KerasRefusal, ranges

Cells = tuple[str, str, str, str]


def differences(answer: Answer, chosen: Answer) -> tuple[Message, ...]:
    """How an answer differs from that of the selected release; empty where it does not.

    Examples
    --------
    >>> refusal = KerasRefusal("compile", "No.")
    >>> differences(refusal, refusal)
    ()
    """
    if isinstance(answer, KerasRefusal):
        return () if isinstance(chosen, KerasRefusal) else (Message("refused"),)
    if isinstance(chosen, KerasRefusal):
        return (Message("not refused"),)
    compared = (
        (Message("number"), answer.printed != chosen.printed),
        (Message("rule"), (answer.resolved, answer.variant) != (chosen.resolved, chosen.variant)),
        (Message("name"), answer.reported_name != chosen.reported_name),
    )
    return tuple(word for word, differs in compared if differs)


def releases_table(
    answers: Mapping[str, Answer], functions: Mapping[str, str | None], chosen: str
) -> pd.DataFrame:
    """One row for releases alike: the number or the refusal, the rule, the function and its name.

    Parameters
    ----------
    answers : mapping of str to CompiledAccuracy or KerasRefusal
        By name of the row of the table of releases.
    functions : mapping of str to str or None
        What each resolved the metric to.
    chosen : str
        The row that the others are compared with.
    """
    alike: dict[tuple[str, ...], list[str]] = {}
    for name, answer in answers.items():
        row = RELEASES[name]
        alike.setdefault((row.resolves_by, functions[name] or "", *_cells(answer)), []).append(name)
    decided_by = {"loss": say("loss and units"), "shapes": say("shapes")}
    rows = []
    for (decided, function, number, reported, variant, why), names in alike.items():
        words = differences(answers[names[0]], answers[chosen])
        compared = say("differs: {what}", what=", ".join(map(say, words))) if words else say("same")
        rows.append(
            {
                say("releases"): ", ".join(ranges(names)),
                say("prints"): number,
                say("compared with the selected release"): (
                    say("selected") if chosen in names else compared
                ),
                say("decided by"): decided_by[decided],
                say("function"): function,
                say("reported as"): reported,
                say("variant"): variant,
                say("why refused"): why,
            }
        )
    table = pd.DataFrame(rows)
    refused = any(isinstance(answer, KerasRefusal) for answer in answers.values())
    return table if refused else table.drop(columns=say("why refused"))


def _cells(answer: Answer) -> Cells:
    if isinstance(answer, KerasRefusal):
        return say("refused"), "", "", say(_of_any(answer.message))
    row = CATALOG.get(answer.variant or "")
    return figure(answer.value), answer.reported_name, say(row.title) if row else "", ""


def _of_any(message: Message) -> Message:
    """The sentence of a refusal that fits every release with the same one."""
    if "release" not in message.values:
        return message
    return replace(message, values={**message.values, "release": Message("This release")})
