"""How far somebody is in a lesson, and the texts that keep it: in the address, and in a cookie."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from metrics_core.lessons.parts.lesson import Lesson, Predict, Reveal, Try

END = "sentence-to-keep"
"""The name of what stands after the last step."""
SKIPPED = "~"
"""The answer of who wants to see what is true without one."""
COOKIE = "accuracy_lens_lessons"
MOST, MOST_IN_COOKIE = 2000, 3000
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Walk:
    """How far somebody is in one lesson.

    Attributes
    ----------
    furthest : str
        Name of the last step that was seen.
    answers : mapping of str to str
        Of questions, checks and tasks, by the name of the step.
    """

    furthest: str = ""
    answers: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


def steps_of(lesson: Lesson) -> tuple[str, ...]:
    """The names of all steps, with the sentence to keep at the end.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> steps_of(lesson("six-probabilities"))[-2:]
    ('check-accuracy', 'sentence-to-keep')
    """
    return (*lesson.named_steps, END)


def write_answers(answers: Mapping[str, str]) -> str:
    """Answers as a text.

    Examples
    --------
    >>> write_answers({"accuracy": "5/6", "misprint": "balanced"})
    'accuracy:5/6;misprint:balanced'
    """
    return ";".join(f"{name}:{answer}" for name, answer in answers.items())


def read_answers(text: str, names: Collection[str]) -> dict[str, str]:
    """The answers in a text, as far as they have names of steps.

    Examples
    --------
    >>> read_answers("accuracy:5/6;other:1;spoiled", ["accuracy"])
    {'accuracy': '5/6'}
    """
    parts = (part.partition(":") for part in text[:MOST].split(";"))
    return {name: answer for name, _, answer in parts if name in names and answer}


def write_walks(walks: Mapping[str, Walk]) -> str:
    """How far somebody is in all lessons, as a text that a cookie can hold.

    The answers of what was begun first are left out where it would be too long.

    Examples
    --------
    >>> write_walks({"ties": Walk("read-1", {"k": "3"})})
    'ties*read-1*k:3'
    """
    parts = [(name, walk.furthest, write_answers(walk.answers)) for name, walk in walks.items()]
    for index, (name, furthest, _) in enumerate(parts):
        if sum(len("*".join(part)) + 1 for part in parts) <= MOST_IN_COOKIE:
            break
        parts[index] = (name, furthest, "")
    return "!".join("*".join(part) for part in parts)


def read_walks(text: str, find: Callable[[str], Lesson | None]) -> dict[str, Walk]:
    """The same from a text, as far as there are such lessons and steps.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lessons
    >>> found = read_walks("six-probabilities*accuracy*accuracy:5/6!gone*x*", lessons().get)
    >>> found["six-probabilities"].answers, list(found)
    ({'accuracy': '5/6'}, ['six-probabilities'])
    """
    found = {}
    for part in text.split("!"):
        name, _, rest = part.partition("*")
        furthest, _, answers = rest.partition("*")
        lesson = find(name)
        if lesson is not None:
            steps = steps_of(lesson)
            place = furthest if furthest in steps else ""
            found[name] = Walk(place, read_answers(answers, steps))
    return found


def withheld(lesson: Lesson, step: str, answers: Mapping[str, str]) -> tuple[str, ...]:
    """The questions without an answer that a step would give away, by name.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> six = lesson("six-probabilities")
    >>> withheld(six, "reveal-accuracy", {}), withheld(six, "reveal-accuracy", {"accuracy": "1"})
    (('accuracy',), ())
    """
    names = list(lesson.named_steps)
    shown = lesson.named_steps.get(step)
    if isinstance(shown, Reveal):
        asked = [shown.of]
    elif isinstance(shown, Try):
        before = names[: names.index(step)]
        asked = [name for name in before if isinstance(lesson.named_steps[name], Predict)]
    else:
        return ()
    return tuple(name for name in asked if name not in answers)


@dataclass(frozen=True)
class Checked:
    """Where somebody is with a check.

    Attributes
    ----------
    seed : int
        Of the data to ask for.
    answer : str
        Empty before there is one.

    Examples
    --------
    >>> Checked.read("4~7/8"), Checked.read("?")
    (Checked(seed=4, answer='7/8'), Checked(seed=1, answer=''))
    >>> Checked(4, "7/8").text
    '4~7/8'
    """

    seed: int = 1
    answer: str = ""

    @property
    def text(self) -> str:
        """Both in one text."""
        return f"{self.seed}~{self.answer}"

    @classmethod
    def read(cls, text: str) -> Checked:
        """From such a text; the first seed where it is none."""
        seed, _, answer = text.partition("~")
        if not (seed.isascii() and seed.isdigit() and len(seed) < 10):
            return cls()
        return cls(int(seed), answer)
