"""Files and numbers of real questions, put to the pages as their visitor would.

The folder comes from the environment variable CASES (default: those of `tests/data/cases`). Every
`cases.json` in it lists cases: a file, the numbers that were asked for, and under `expect` what the
pages show after the file was dropped and the guess accepted. The end of the run says how many hold.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

CASES = Path(os.environ.get("CASES") or Path(__file__).parents[1] / "data" / "cases")
EXPLAIN, DOCTOR = "pages/explain/number.py", "pages/explain/doctor.py"
PRINTED = "Number that was printed"
APPLY = "doctor_apply_"


def cases() -> dict[str, tuple[Path, dict[str, Any]]]:
    """Every case of the folder by name, with its file."""
    found = {}
    for listing in sorted(CASES.rglob("cases.json")):
        for case in json.loads(listing.read_text(encoding="utf-8")):
            folder = listing.parent / case["case"]
            file = (folder if folder.is_dir() else listing.parent) / case["file"]
            found[case["case"]] = (file, case["expect"])
    return found


ALL = cases()


@pytest.mark.parametrize("name", ALL)
def test_case_of_a_question(visit, name):
    file, expect = ALL[name]
    unknown = expect.keys() - CHECKS.keys() - {"says", "reads"}
    assert not unknown, f"no check for {unknown}"
    lens = visit(data="upload").drop(file.name, file.read_bytes())
    reads = expect.get("reads", "")
    if lens.errors:  # a file of the format without a table in it, or one that is refused
        said = "\n".join(lens.errors).lower()
        assert expect.keys() <= {"reads", "says"}, said
        assert reads in said
        assert not reads or "sheet" in said
    if "says" in expect:
        assert_holds("\n".join([*lens.errors, *controls(lens), lens.texts]).lower(), expect["says"])
    if expect.keys() <= {"says"} or lens.errors:
        return
    assert reads in lens.texts.lower()
    lens.click("use")
    assert lens.errors == []
    for key in [key for key in CHECKS if key in expect]:
        CHECKS[key](lens, expect[key])


def controls(lens: Any) -> list[str]:
    """The titles of switches and buttons."""
    return [str(each.label) for kind in (lens.app.toggle, lens.app.button) for each in kind]


def assert_holds(text: str, words: Iterable[str]) -> None:
    missing = [word for word in words if word.lower() not in text]
    assert not missing, f"{missing} not in: {text}"


def shows(lens: Any, wanted: float | list[float]) -> None:
    shown = set(lens.values.values())
    for value in wanted if isinstance(wanted, list) else [wanted]:
        assert f"{value:.4f}" in shown


def samples(lens: Any, wanted: int) -> None:
    assert lens.app.session_state["_source"].predictions.n_samples == wanted
    assert f"{wanted:,} samples" in lens.texts


def classes(lens: Any, wanted: list[str]) -> None:
    assert list(lens.app.session_state["_source"].predictions.class_names) == wanted


def positive(lens: Any, wanted: str) -> None:
    assert lens.app.session_state["_source"].predictions.class_names[1] == wanted


def explained(lens: Any, number: str) -> Any:
    lens.app.switch_page(EXPLAIN)
    lens.run()
    lens.app.text_input(key="explain_printed").set_value(number)
    return lens.run()


def explains(lens: Any, wanted: dict[str, list[str]]) -> None:
    for number, words in wanted.items():
        explained(lens, number)
        headlines = [line for line in lens.texts.splitlines() if line.startswith("####")]
        first = lens.table(f"Recipes: {PRINTED}").iloc[0]
        assert_holds("\n".join([*headlines, *map(str, first)]).lower(), words)


def denies(lens: Any, wanted: list[str]) -> None:
    for number in wanted:
        explained(lens, number)
        tables = [t.value for t in lens.app.dataframe if t.proto.alt == f"Recipes: {PRINTED}"]
        chances = [chance for table in tables for chance in table["by chance"]]
        assert not [chance for chance in chances if chance.startswith("unlikely")]


def doctor(lens: Any, wanted: list[str]) -> None:
    lens.app.switch_page(DOCTOR)
    lens.run()
    lists = "- "  # of the rules that found nothing, and of all findings
    lines = [line for line in lens.texts.splitlines() if not line.startswith(lists)]
    assert_holds("\n".join(lines).lower(), wanted)


def shows_after_remedy(lens: Any, wanted: float) -> None:
    assert f"{wanted:.4f}" in list(values_after_remedies(lens))


def values_after_remedies(lens: Any) -> Iterable[str]:
    """The values on the cards after each remedy that can be applied, one at a time."""
    lens.app.switch_page(DOCTOR)
    lens.run()
    for key in [b.key for b in lens.app.button if str(b.key).startswith(APPLY)]:
        lens.app.switch_page(DOCTOR)
        lens.run().click(key)
        yield from lens.values.values()


# In the order of a visit: what stands on the first page, then what other pages say.
CHECKS = {
    "shows": shows, "samples": samples, "classes": classes, "positive": positive,
    "explains": explains, "denies": denies, "doctor": doctor,
    "shows_after_remedy": shows_after_remedy,
}  # fmt: skip
