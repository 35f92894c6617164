"""The answers of the class as bars: the first vote, and the second beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

from accuracy_lens.learn.room.database.opened import store
from accuracy_lens.learn.room.database.store import Counts, Room
from accuracy_lens.learn.room.database.tally import bars
from accuracy_lens.learn.room.questions import Asked
from accuracy_lens.words.text import say
from metrics_core.messages import Message

_STYLE = Path(__file__).with_name("bars.css")
ROUNDS = (Message("first vote"), Message("second vote"))


def rounds_of(room: Room) -> list[Counts]:
    """How many gave each answer to the step in view, round by round."""
    found = store().all_counts(room.code)
    return [found.get((room.state.step, number), {}) for number in range(1, room.state.round + 1)]


def show_answers(room: Room, asked: Asked) -> None:
    """What the class answered; what is right with it only once it is revealed."""
    rounds = rounds_of(room)
    with st.container(key="room_answers"):
        st.markdown(f"**{say('What the class answered')}**")
        st.html(_STYLE)
        st.html(table(asked, rounds, revealed=room.state.is_revealed))


def table(asked: Asked, rounds: Sequence[Counts], *, revealed: bool) -> str:
    """The bars as HTML: a row for each answer, in it a bar for each round."""
    totals = [sum(counts.values()) for counts in rounds]
    if not any(totals):
        return f"<p>{escape(say('Nobody has answered.'))}</p>"
    found = bars(asked.workings, asked.question, rounds, revealed=revealed)
    rows = "".join(_row(bar.label, bar.counts, totals, right=bar.right) for bar in found)
    caption = escape(say("Answers of the class"))
    return f'<table class="class_answers" aria-label="{caption}"><tbody>{rows}</tbody></table>'


def _row(label: Message, counts: Sequence[int], totals: Sequence[int], *, right: bool) -> str:
    drawn = "".join(
        _bar(n, total, ROUNDS[at] if len(totals) > 1 else None, at)
        for at, (n, total) in enumerate(zip(counts, totals, strict=True))
    )
    mark = f'<small class="mark">✓ {escape(say("right"))}</small>' if right else ""
    kind = ' class="right"' if right else ""
    return f'<tr{kind}><th scope="row">{_html(label)} {mark}</th><td>{drawn}</td></tr>'


def _bar(n: int, total: int, title: Message | None, at: int) -> str:
    share = 100 * n / total if total else 0.0
    said = say("{n} of {total} ({share:.0f} %)", n=n, total=total, share=share)
    name = "" if title is None else f"<small>{escape(say(title))}</small>"
    bar = f'<i class="vote_{at + 1}" style="width: {share:.1f}%"></i>'
    return f'<div>{name}<span class="track">{bar}</span><span>{escape(said)}</span></div>'


def _html(words: Message) -> str:
    """A sentence with what stands between backticks as code."""
    return re.sub(r"`([^`\n]+)`", r"<code>\1</code>", escape(say(words)))
