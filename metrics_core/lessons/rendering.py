"""A lesson as lines of messages: to read it whole, and to print it on a question sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from metrics_core.lessons.checks import fresh, placed
from metrics_core.lessons.grading import grade
from metrics_core.lessons.parts.lesson import Check, Predict, Read, Reveal, Try
from metrics_core.lessons.parts.questions import Choice, Place, Question
from metrics_core.lessons.truths import truth
from metrics_core.lessons.trying import attempt
from metrics_core.lessons.workings import Workings
from metrics_core.messages import Message

CHECK_SEED = 1


@dataclass(frozen=True)
class Line:
    """One sentence of a rendered lesson.

    Attributes
    ----------
    what : str
        Its part in the lesson, as ``title``, ``read``, ``ask``, ``option``, ``truth``, ``keep``.
    words : Message
    solution : bool
        Whether it belongs on the page with the solutions only.
    """

    what: str
    words: Message
    solution: bool = False


def lines(workings: Workings) -> Iterator[Line]:
    """Every sentence of a lesson in its order, with its numbers.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> found = list(lines(Workings(lesson("six-probabilities"))))
    >>> found[0].what, str(found[0].words)
    ('title', 'Six probabilities and a threshold')
    """
    lesson = workings.lesson
    yield Line("title", workings.text(lesson.title))
    yield Line("question", workings.text(lesson.question))
    yield from (Line("before", words) for words in workings.texts(lesson.before))
    for step in lesson.steps:
        match step:
            case Read():
                yield from (Line("read", words) for words in workings.texts(step.text))
            case Predict(question=question):
                yield from of_question(workings, question)
            case Reveal():
                yield from (Line("reveal", words, True) for words in workings.texts(step.text))
            case Try():
                yield from (Line("try", words) for words in workings.texts(step.text))
                done = attempt(workings, step, step.example)
                yield from (Line("reached", words, True) for words in done.words)
            case Check():
                there, _ = fresh(workings, step, CHECK_SEED)
                yield from of_question(there, lesson.questions[step.of], check=True)
    yield Line("keep", workings.text(lesson.keep), True)


def of_question(workings: Workings, question: Question, *, check: bool = False) -> Iterator[Line]:
    """A question, its options, what is said to each answer, and the truth.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> workings = Workings(lesson("six-probabilities"))
    >>> asked = list(of_question(workings, workings.lesson.questions["accuracy"]))
    >>> asked[1].what, str(asked[1].words), asked[1].solution
    ('truth', '0.83', True)
    """
    asked = "check" if check else "ask"
    yield from (Line(asked, words) for words in workings.texts(question.ask))
    if isinstance(question, Choice):
        for option in question.options:
            yield Line("option", workings.text(option.text, option.recipe))
        yield Line("truth", truth(workings, question), True)
        for option in question.options:
            said = grade(workings, question, option.name)
            what = "answer" if said.verdict == "right" else "mistake"
            yield Line(what, said.words, True)
        return
    yield Line("truth", truth(workings, question), True)
    there = workings
    if isinstance(question, Place):
        there = workings.with_settings(question.moves, threshold=question.example)
    yield Line("answer", there.text(question.answer), True)
    for mistake in question.mistakes:
        at = workings
        if isinstance(question, Place):
            at = placed(workings, question, mistake.condition) or workings
        yield Line("mistake", at.text(mistake.answer, mistake.recipe), True)
    yield Line("otherwise", workings.text(question.otherwise), True)
