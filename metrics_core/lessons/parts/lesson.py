"""What a lesson is: a row of plain values, and steps that ask before they show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from metrics_core.lessons.parts.conditions import Condition
from metrics_core.lessons.parts.questions import Question
from metrics_core.lessons.parts.recipe import Recipe
from metrics_core.lessons.parts.sources import Generated, Source
from metrics_core.lessons.parts.texts import Text
from metrics_core.lessons.parts.values import Value


@dataclass(frozen=True, kw_only=True)
class Read:
    """Sentences to read beside a view.

    Attributes
    ----------
    text : tuple of Text
    view : str
        The recipe that the view opens with; empty for none.
    experiment : str
        The live experiment to run; empty for none.
    """

    text: tuple[Text, ...]
    view: str = ""
    experiment: str = ""


@dataclass(frozen=True, kw_only=True)
class Predict:
    """A question that is answered before anything is shown."""

    question: Question

    @property
    def view(self) -> str:
        """The recipe on whose data the question is asked."""
        return self.question.recipe


@dataclass(frozen=True, kw_only=True)
class Reveal:
    """The live view with the prediction beside the truth.

    Attributes
    ----------
    of : str
        Name of the question.
    text : tuple of Text
        Why it is so.
    view : str
        The recipe that the view opens with.
    beside : str
        The recipe that the truth is compared with where the answer has none; empty for none.
    """

    of: str
    text: tuple[Text, ...]
    view: str
    beside: str = ""


@dataclass(frozen=True, kw_only=True)
class Try:
    """Controls to move until a goal is reached.

    Attributes
    ----------
    name : str
        Unique in the lesson.
    text, reached : tuple of Text
        What to do, and what is said once it is done, with the numbers of that moment.
    moves : tuple of str
        The recipes that follow the controls; the first is the one in view.
    controls : tuple of str
        Fields of `Settings`.
    goal : tuple of Condition
    example : mapping of str to object
        Settings that reach the goal, for the solution.
    """

    name: str
    text: tuple[Text, ...]
    reached: tuple[Text, ...]
    moves: tuple[str, ...]
    controls: tuple[str, ...]
    goal: tuple[Condition, ...]
    example: Mapping[str, object] = field(hash=False)

    @property
    def view(self) -> str:
        """The recipe in view."""
        return self.moves[0]


@dataclass(frozen=True, kw_only=True)
class Check:
    """The same question on data from another seed.

    Attributes
    ----------
    of : str
        Name of the question.
    fresh : mapping of str to Generated
        What takes the place of the lesson's data of these names.
    needs : tuple of Condition
        What the drawn data must have for the question to be worth asking.
    """

    of: str
    fresh: Mapping[str, Generated] = field(hash=False)
    needs: tuple[Condition, ...] = ()


Step = Read | Predict | Reveal | Try | Check


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """A sequence of steps that asks before it shows.

    Attributes
    ----------
    name : str
        Lower-case words with hyphens; fit for a link, and never changed.
    title, question, keep : Text
        A heading, what the lesson answers, and the one sentence to keep.
    minutes : int
    before : tuple of Text
        What to know before.
    data : mapping of str to Source
    recipes : mapping of str to Recipe
    values : mapping of str to Value
        What the placeholders in its texts stand for.
    steps : tuple of Step
    """

    name: str
    title: Text
    question: Text
    keep: Text
    minutes: int
    before: tuple[Text, ...]
    data: Mapping[str, Source] = field(hash=False, repr=False)
    recipes: Mapping[str, Recipe] = field(hash=False, repr=False)
    values: Mapping[str, Value] = field(hash=False, repr=False)
    steps: tuple[Step, ...] = field(repr=False)

    @property
    def questions(self) -> dict[str, Question]:
        """The questions in their order, by name."""
        asked = (step.question for step in self.steps if isinstance(step, Predict))
        return {question.name: question for question in asked}

    @property
    def named_steps(self) -> dict[str, Step]:
        """The steps by the names that links call them, in their order.

        Examples
        --------
        >>> from metrics_core.lessons.rows import lesson
        >>> list(lesson("six-probabilities").named_steps)[:4]
        ['read-1', 'wrong-samples', 'reveal-wrong-samples', 'accuracy']
        """
        found: dict[str, Step] = {}
        for step in self.steps:
            match step:
                case Read():
                    read = sum(isinstance(each, Read) for each in found.values()) + 1
                    found[f"read-{read}"] = step
                case Predict(question=question):
                    found[question.name] = step
                case Try(name=name):
                    found[name] = step
                case Reveal(of=of):
                    found[f"reveal-{of}"] = step
                case Check(of=of):
                    found[f"check-{of}"] = step
        return found
