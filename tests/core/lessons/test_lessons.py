"""The lessons that ship: whole, sound, and with no number that was typed."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from metrics_core.errors import InputError
from metrics_core.lessons.audit import faults
from metrics_core.lessons.parts.lesson import Check, Predict, Read, Reveal, Try
from metrics_core.lessons.parts.questions import Choice
from metrics_core.lessons.parts.texts import Text
from metrics_core.lessons.parts.values import Given
from metrics_core.lessons.rendering import lines
from metrics_core.lessons.rows import lesson, lessons, rows
from metrics_core.lessons.workings import Workings

EACH = pytest.mark.parametrize("row", lessons().values(), ids=lessons())
RESULTS_OF_ROUNDING = {
    "logits-are-not-probabilities": {"2", "3"},
    "the-sigmoid-that-cost-ten": {"2"},
    "another-release": {"2"},
}
ASSUMED = {"a-rare-class": {"price": 20, "wanted": 0.9}}
NO_NUMBERS = re.compile(r"`[^`]*`|\b(tf\.)?[Kk]eras(?: up to)? \d(\.\d)?|and 2\.2|to 2\.2|float32")


def texts_of(part):
    """Every text in a row, wherever it stands."""
    if isinstance(part, Text):
        yield part
    elif isinstance(part, tuple | list):
        for each in part:
            yield from texts_of(each)
    elif hasattr(part, "__dataclass_fields__"):
        for name in part.__dataclass_fields__:
            yield from texts_of(getattr(part, name))


def typed_numbers(template):
    literal = "".join(text for text, *_ in Formatter().parse(template))
    return set(re.findall(r"\d+(?:\.\d+)?", NO_NUMBERS.sub("", literal))) - {"0", "1"}


def test_there_are_twelve_and_the_links_to_them_do_not_change():
    assert list(lessons()) == [
        "six-probabilities",
        "exactly-at-the-threshold",
        "logits-are-not-probabilities",
        "the-sigmoid-that-cost-ten",
        "nine-thousand-wrong",
        "what-an-activation-keeps",
        "ties-and-constants",
        "many-labels",
        "a-rare-class",
        "another-release",
        "unscaled-inputs",
        "batches-and-weights",
    ]


@EACH
def test_everything_is_computed_and_nothing_is_at_fault(row):
    assert [str(fault) for fault in faults(row)] == []


@EACH
def test_it_asks_before_it_shows_and_ends_in_one_sentence(row):
    kinds = [type(step) for step in row.steps]
    assert {Read, Predict, Reveal, Try, Check} == set(kinds)
    assert kinds.index(Predict) < kinds.index(Reveal)
    assert kinds[-1] is Check
    revealed = [step.of for step in row.steps if isinstance(step, Reveal)]
    assert revealed == list(row.questions)
    assert 5 <= row.minutes <= 10
    assert str(row.question.template).endswith("?")
    assert row.keep.template.endswith(".")
    assert row.keep.template.count(". ") == 0


@EACH
def test_no_number_in_its_texts_is_typed(row):
    found = set().union(*(typed_numbers(text.template) for text in texts_of(row)))
    assert found <= RESULTS_OF_ROUNDING.get(row.name, set())


@EACH
def test_what_it_assumes_is_told(row):
    given = {name: value.number for name, value in row.values.items() if isinstance(value, Given)}
    assert given == ASSUMED.get(row.name, {})


@EACH
def test_every_recipe_and_value_is_used(row):
    named = {name for text in texts_of(row) for name in text.names}
    content = next(each for each in rows() if each["name"] == row.name)
    rest = repr({key: content[key] for key in content if key not in ("recipes", "values")})
    values = repr(content["values"])
    for name in row.values:
        assert name in named or f"'{name}'" in rest or values.count(f"'{name}'") > 1, name
    recipes = repr(content["recipes"])
    for name in row.recipes:
        used = re.search(rf"'{name}['.]", rest + values) or f"'like': '{name}'" in recipes
        assert used, name


@EACH
def test_its_sentences_have_their_numbers(row):
    said = [str(line.words) for line in lines(Workings(row))]
    assert not [sentence for sentence in said if "nan" in sentence.lower().split()]
    assert not [sentence for sentence in said if "{" in sentence or "}" in sentence]
    assert not [sentence for sentence in said if re.search(r"\d\.\d{5}", sentence)]
    assert "!" not in "".join(said)


@EACH
def test_every_option_has_something_of_its_own_to_say(row):
    for question in row.questions.values():
        if isinstance(question, Choice):
            answers = [option.answer.template for option in question.options]
            assert len(set(answers)) == len(answers) >= 3
        else:
            said = [question.answer, question.otherwise, *(m.answer for m in question.mistakes)]
            assert len({text.template for text in said}) == len(said) >= 3


@EACH
def test_the_steps_have_names_for_links(row):
    assert len(row.named_steps) == len(row.steps)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in row.named_steps)


def test_an_unknown_lesson_is_refused_with_the_names_that_exist():
    with pytest.raises(InputError, match=r"`lesson` must be one of six-probabilities, .*'nothing'"):
        lesson("nothing")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("six-probabilities", {"right": 5, "n": 6, "printed": 0.875}),
        ("exactly-at-the-threshold", {"right": 8, "right_at_least": 7, "ties": 5}),
        ("logits-are-not-probabilities", {"above_zero": 96, "above_half": 83, "round_to_one": 69}),
        ("the-sigmoid-that-cost-ten", {"right_before": 65, "right_after": 55, "lost": 10}),
        ("nine-thousand-wrong", {"wrong": 9002, "n": 10000, "by_highest": 0.0998, "exact": 0.9}),
        ("what-an-activation-keeps", {"far_right": 4, "far_right_sigmoid": 2}),
        ("ties-and-constants", {"flat_share": 0.3, "flat_top": 1.0}),
        ("many-labels", {"right_numbers": 712, "right_whole": 41}),
        ("a-rare-class", {"right": 948, "right_no": 953, "found": 2, "ill": 47}),
        ("another-release", {"right_old": 65, "right_new": 71}),
        ("unscaled-inputs", {"n": 545, "kinds": 1, "scaled_kinds": 10}),
        ("batches-and-weights", {"accuracy": 4 / 6, "weighted": 0.5, "by_batch": 0.625}),
    ],
)
def test_the_numbers_are_those_of_the_examples(name, expected):
    workings = Workings(lesson(name))
    assert {key: workings.value(key) for key in expected} == pytest.approx(expected)


def test_the_two_printed_numbers_are_those_that_keras_printed():
    workings = Workings(lesson("another-release"))
    assert f"{workings.value('printed_old'):.6f}" == "0.899997"  # sums of float32, as in the log
    assert f"{workings.value('printed_new'):.4f}" == "0.0998"
    assert workings.evaluation("ten_old").result == 0.9
