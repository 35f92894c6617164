"""The documentation of a finding, shown in place; the link of a finding opens it."""

from __future__ import annotations

import streamlit as st

from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import VIEW, View
from accuracy_lens.words.feedback import plain, prose
from accuracy_lens.words.text import say, say_code
from metrics_core.doctor import RULES, Finding, Rule

_NONE = View.finding.default


def ask_and_show() -> None:
    """The list of all findings; the chosen one is explained below it."""
    rules = {rule.id: rule for rule in sorted(RULES, key=lambda rule: rule.id)}
    code = widgets.select(
        View.finding, say("What a finding means"), [_NONE, *rules], width=240,
        format_func=lambda code: say("none") if code == _NONE else code,
        help=say("The code stands on the card of each finding, and in the link of this page."),
    )  # fmt: skip
    if code != _NONE:
        _show(rules[code])


def _show(rule: Rule) -> None:
    with st.container(border=True):
        title = say("{code} {title}", code=rule.id, title=rule.title)
        st.markdown(f"### {plain(title)}")
        labelled(say("What it means"), say(rule.means))
        labelled(say("How it is recognised"), say(rule.recognised))
        labelled(say("What to do"), say(rule.todo))
        labelled(say("When to mute it"), say(rule.mute))
        labelled(say("An example that shows it"), "")
        st.code(say_code(rule.example), wrap_lines=True)
        st.button(say("Close"), key="doctor_close", on_click=_open, args=(_NONE,), type="tertiary")


def labelled(label: str, text: str) -> None:
    """A sentence after the name of what it says."""
    st.markdown(say("**{name}:** {value}", name=plain(label), value=prose(text)))


def show_all() -> None:
    """The codes and titles of all findings that there are."""
    rules = sorted(RULES, key=lambda rule: rule.id)
    with st.expander(say("All findings and their codes: {count}", count=len(rules))):
        for rule in rules:
            line = say("{code}: {title}", code=rule.id, title=rule.title)
            st.markdown(f"- {plain(line)}")


def show_buttons(finding: Finding) -> None:
    """On a card: what the finding means, and to mute it."""
    with st.container(horizontal=True):
        st.button(
            say("What {code} means", code=finding.id),
            key=f"doctor_what_{finding.rule}",
            type="tertiary",
            on_click=_open,
            args=(finding.id,),
        )
        st.button(
            say("Mute"),
            key=f"doctor_mute_{finding.rule}",
            type="tertiary",
            help=say("Not to be told of it any more. The link of the page keeps it muted."),
            on_click=_mute,
            args=(finding.id,),
        )


def show_muted(muted: tuple[Finding, ...]) -> None:
    """The findings of the report that are muted, each with the way back."""
    if not muted:
        return
    title = say("{n} muted finding", plural="{n} muted findings", n=len(muted))
    with st.expander(title):
        for finding in muted:
            with st.container(horizontal=True, vertical_alignment="center"):
                line = say("{code}: {title}", code=finding.id, title=finding.title)
                st.markdown(plain(line), width="content")
                st.button(
                    say("Unmute"),
                    key=f"doctor_unmute_{finding.rule}",
                    type="tertiary",
                    on_click=_unmute,
                    args=(finding.id,),
                )


def _open(code: str) -> None:
    VIEW.finding = code


def _mute(code: str) -> None:
    VIEW.muted = [*VIEW.muted, code]


def _unmute(code: str) -> None:
    VIEW.muted = [other for other in VIEW.muted if other != code]
