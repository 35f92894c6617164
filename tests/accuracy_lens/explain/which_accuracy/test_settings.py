"""The table of settings says what was recorded: each figure, and what it does to accuracy."""

from __future__ import annotations

from accuracy_lens.explain.which_accuracy.settings import REFUSED, RELEASES, SETTINGS
from tests.core.golden import golden
from tests.every import every

NOTHING = "Nothing"


def recorded():
    return golden.read("GOLDEN_BESIDE", "beside.json.gz")["releases"]


def printed(answer):
    return REFUSED if answer == REFUSED else ", ".join(answer.values())


@every("name", SETTINGS)
def test_the_figures_of_a_setting_are_those_that_were_recorded(name):
    for release in RELEASES:
        found = recorded()[release]["settings"][name]
        figures = printed(found["without"]), printed(found["with"])
        assert SETTINGS[name].figures[release] == figures, release


@every("name", SETTINGS)
def test_what_does_nothing_is_said_to_do_nothing(name):
    figures = SETTINGS[name].figures.values()
    changes = any(without != having for without, having in figures if having != REFUSED)
    assert str(SETTINGS[name].words).startswith(NOTHING) != changes
