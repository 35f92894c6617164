"""What a reveal shows: the prediction beside the truth, and where the two recipes part."""

from __future__ import annotations

from dataclasses import dataclass

from metrics_core.lessons.grading import Grade, grade
from metrics_core.lessons.parting import Parting, parting
from metrics_core.lessons.parts.lesson import Reveal
from metrics_core.lessons.truths import truth as truth_of
from metrics_core.lessons.workings import Workings
from metrics_core.messages import Message


@dataclass(frozen=True, kw_only=True)
class Revealed:
    """The contents of a reveal.

    Attributes
    ----------
    truth : Message
    grade : Grade or None
        What is said to the prediction; None where nothing was predicted.
    text : tuple of Message
    view : str
        The recipe that the view opens with.
    beside : str
        The recipe whose trace stands beside that of the view; empty for none.
    parting : Parting or None
        The step that makes the difference between the two, and the sample to trace.
    """

    truth: Message
    grade: Grade | None
    text: tuple[Message, ...]
    view: str
    beside: str
    parting: Parting | None


def reveal(workings: Workings, step: Reveal, answer: str | None = None) -> Revealed:
    """Put a prediction beside the truth.

    Parameters
    ----------
    workings : Workings
    step : Reveal
    answer : str, optional
        What was predicted, see `grade`.

    Raises
    ------
    InputError
        Where it is no answer to the question.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> workings = Workings(lesson("six-probabilities"))
    >>> steps = (step for step in workings.lesson.steps if isinstance(step, Reveal))
    >>> asked = next(step for step in steps if step.of == "misprint")
    >>> shown = reveal(workings, asked, "precision")
    >>> shown.grade.verdict, shown.beside, shown.parting.step.name
    ('wrong', 'precision', 'AGGREGATION')
    """
    question = workings.lesson.questions[step.of]
    given = None if answer is None else grade(workings, question, answer)
    predicted = given.recipe if given is not None and given.verdict == "wrong" else ""
    beside = predicted if predicted not in ("", step.view) else step.beside
    return Revealed(
        truth=truth_of(workings, question),
        grade=given,
        text=workings.texts(step.text),
        view=step.view,
        beside=beside,
        parting=parting(workings, step.view, beside) if beside else None,
    )
