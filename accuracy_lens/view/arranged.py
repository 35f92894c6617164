"""What a prepared link arranges: the presentation view, and what is hidden, locked and chosen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import CONTROLS, VIEW, View
from accuracy_lens.view.state import VISITOR
from accuracy_lens.view.stored import address
from accuracy_lens.words.text import say
from metrics_core.evaluation import Evaluation
from metrics_core.messages import Message

PRESENT = "present"
DATA = ("data", "scenario", "kind", "n", "classes", "output", "seed", "balance", "separability",
        "confidence", "noise", "epoch", "trained", "file")  # fmt: skip
"""The controls of the picker, which are locked together."""
LOCKABLE: Mapping[str, Message] = {
    "data": Message("Data"),
    "labels": Message("Labels"),
    "against": Message("Class"),
    "activation": Message("Activation"),
    "threshold": Message("Threshold"),
    "k": Message("k, for top-k"),
    "beta": Message("beta, for F-beta"),
    "average": Message("Averaging"),
    "weighted": Message("sample_weight"),
    "card": Message("Variant"),
}
"""What can be locked, and hidden, by the name of its control."""
PARTS: Mapping[str, Message] = {
    "strip": Message("Five steps"),
    "lens": Message("Scores"),
    "board": Message("Cards"),
}
"""What can be hidden besides, by the key that it is drawn under."""
_ROWS = (View.view, View.hidden, View.locked, View.cards, View.seal)


def draw() -> None:
    """Keep in the address what the link arranges; call it before any other widget is drawn."""
    for row in _ROWS:
        if row.read() or row.asked:
            widgets.text(row, row.key, label_visibility="collapsed")
    VISITOR.locked = frozenset(_locked_keys(names(VIEW.locked)))


def is_presented() -> bool:
    """Whether the page is shown in the presentation view."""
    return VIEW.view == PRESENT


def is_asked_to_present() -> bool:
    """The same before anything is drawn."""
    return address().get("view", ("",))[-1] == PRESENT


def names(text: str) -> tuple[str, ...]:
    """The names in a parameter, which stand between commas.

    Examples
    --------
    >>> names("threshold,beta"), names("")
    (('threshold', 'beta'), ())
    """
    return tuple(name for name in text.split(",") if name)


def hidden() -> tuple[str, ...]:
    """The keys of controls and parts that are not shown."""
    return tuple(name for name in names(VIEW.hidden) if name in LOCKABLE or name in PARTS)


def chosen(cards: Mapping[str, Evaluation]) -> tuple[str, ...]:
    """Which of the cards in view are shown: those that the link names.

    Where it names none these are all, and in the presentation view the accuracies.
    """
    named = tuple(name for name in names(VIEW.cards) if name in cards)
    if named or not is_presented():
        return named or tuple(cards)
    return tuple(name for name, each in cards.items() if each.variant.is_accuracy)


def _locked_keys(locked: tuple[str, ...]) -> set[str]:
    keys = {CONTROLS[name].key for name in locked if name in LOCKABLE}
    return keys | {CONTROLS[name].key for name in DATA if "data" in locked}


def seal(locked: tuple[str, ...]) -> str:
    """A short digest of what the locked controls hold, so that a link can tell whether they do.

    It is no secret: who edits both the value and the seal is not found out.
    """
    held = [f"{key}={CONTROLS[key].read()}" for key in _names_of(locked)]
    return hashlib.sha256("\n".join([",".join(locked), *held]).encode()).hexdigest()[:8]


def _names_of(locked: tuple[str, ...]) -> list[str]:
    keys = _locked_keys(locked)
    return sorted(name for name, row in CONTROLS.items() if row.key in keys)


def unmet() -> Iterator[str]:
    """One sentence for each thing that the link arranges and that is not so; see `asked`."""
    link = VISITOR.link
    if VIEW.view not in ("", PRESENT):
        yield say("The link asks for the view “{name}”, which there is not.", name=VIEW.view[:60])
    for text, known in ((VIEW.hidden, {**LOCKABLE, **PARTS}), (VIEW.locked, LOCKABLE)):
        for name in names(text):
            if name not in known:
                yield say("The link hides or locks “{name}”, which is no control.", name=name[:60])
    locked = names(VIEW.locked)
    if (locked or VIEW.seal) and link is not None and seal(locked) != VIEW.seal:
        yield say(
            "This is not the view that was prepared: the address was changed after the link was "
            "made, in what it locks or in the value of a locked control."
        )


def hiding() -> str:
    """The style that hides what the link hides."""
    rules = [f".st-key-{CONTROLS[name].key if name in LOCKABLE else name}" for name in hidden()]
    columns = [f"[data-testid=stColumn]:has(.st-key-{name})" for name in hidden() if name in PARTS]
    data = [".st-key-picker"] if "data" in hidden() else []
    selectors = ", ".join([*rules, *columns, *data])
    return f"<style>{selectors} {{ display: none; }}</style>" if selectors else ""
