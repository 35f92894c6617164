"""The experiments: one row each, with the question that it answers and what it will show."""

from __future__ import annotations

from dataclasses import dataclass

from metrics_core.errors import InputError
from metrics_core.live_keras.runs.settings import RunSettings
from metrics_core.messages import Message


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """One run, or two side by side.

    Attributes
    ----------
    name : str
        Lower-case words with hyphens; fit for a link.
    title, question : Message
    expect : tuple of Message
        What the runs show with these settings, to be read before they start.
    caption : Message
        What sets the first run apart.
    settings : RunSettings
    against_caption : Message or None
    against : RunSettings or None
        The second run.
    epoch : int or None
        The epoch that the question is about; None for the last.
    """

    name: str
    title: Message
    question: Message
    expect: tuple[Message, ...]
    caption: Message
    settings: RunSettings
    against_caption: Message | None = None
    against: RunSettings | None = None
    epoch: int | None = None


def experiment(name: str) -> Experiment:
    """The experiment of this name.

    Raises
    ------
    InputError
        If there is none.

    Examples
    --------
    >>> experiment("ten-sigmoids").settings.output_units
    10
    """
    if name not in EXPERIMENTS:
        raise InputError(
            "experiment",
            "must be one of {names}",
            repr(name),
            "Choose one from the list.",
            names=", ".join(EXPERIMENTS),
        )
    return EXPERIMENTS[name]


_DIGITS = RunSettings()
_UNIT = RunSettings(
    dataset="moons",
    label_form="binary",
    output_units=1,
    output_activation="sigmoid",
    loss="binary_crossentropy",
    learning_rate=0.01,
)
_BLOBS = _UNIT.changed(dataset="blobs", metrics=("accuracy", "BinaryAccuracy(threshold=0)"))
_LOGIT = _BLOBS.changed(output_activation="none", from_logits=True)
_RARE = _UNIT.changed(dataset="blobs", kept=0.1, metrics=("accuracy", "Precision()", "Recall()"))
_DEEP = _DIGITS.changed(scale="as_they_come", hidden=(64, 64), batch_size=128)
_STEEP = _DIGITS.changed(hidden=(32, 32), optimizer="sgd", learning_rate=0.1)
_BOTH = ("accuracy", "binary_accuracy")

_ROWS = (
    Experiment(
        name="ten-sigmoids",
        title=Message("Ten sigmoid units"),
        question=Message(
            "Why is the accuracy 0.90 after one epoch, when most digits are recognized wrongly?"
        ),
        expect=(
            Message(
                "After the first epoch binary accuracy is about {value} with the sigmoid units, "
                "while the highest output is right for fewer than one digit in five.",
                {"value": 0.9},
            ),
            Message(
                "Nine of the ten labels of a row are 0, and so is nearly every prediction: that "
                "alone gives {value}.",
                {"value": 0.9},
            ),
            Message(
                "With softmax, too, binary accuracy begins near {value}; the name of the metric "
                "makes the difference. In Keras 3 `accuracy` uses the highest output in both runs.",
                {"value": 0.9},
            ),
        ),
        caption=Message("Ten sigmoid units, binary cross-entropy"),
        settings=_DIGITS.changed(
            output_activation="sigmoid", loss="binary_crossentropy", metrics=_BOTH
        ),
        against_caption=Message("Softmax, categorical cross-entropy"),
        against=_DIGITS.changed(metrics=_BOTH),
        epoch=1,
    ),
    Experiment(
        name="from-logits",
        title=Message("One unit without activation"),
        question=Message("What does `from_logits` change for a unit without an activation?"),
        expect=(
            Message(
                "Without `from_logits` the loss treats the outputs as probabilities. They are "
                "drawn to 0 and 1, and {half} is the right threshold.",
                {"half": 0.5},
            ),
            Message(
                "With it they are logits: after the first epoch the threshold {zero} is right far "
                "more often than {half}.",
                {"zero": 0, "half": 0.5},
            ),
        ),
        caption=Message("from_logits=False"),
        settings=_LOGIT.changed(from_logits=False),
        against_caption=Message("from_logits=True"),
        against=_LOGIT,
        epoch=1,
    ),
    Experiment(
        name="logit-or-sigmoid",
        title=Message("The same model with and without its sigmoid"),
        question=Message(
            "Why does `accuracy` change when the sigmoid moves from the model into the loss?"
        ),
        expect=(
            Message("Both runs have the same loss in every epoch: they are the same model."),
            Message(
                "The logits compared with {zero} give the accuracy of the sigmoid compared with "
                "{half}.",
                {"zero": 0, "half": 0.5},
            ),
            Message(
                "`accuracy` compares with {half} in both, and so is lower for the logits after the "
                "first epoch. A sigmoid is always above {zero}: that threshold predicts 1 for all.",
                {"zero": 0, "half": 0.5},
            ),
        ),
        caption=Message("No activation, from_logits=True"),
        settings=_LOGIT,
        against_caption=Message("Sigmoid"),
        against=_BLOBS,
        epoch=1,
    ),
    Experiment(
        name="threshold-on-logits",
        title=Message("A threshold for logits"),
        question=Message("Which threshold does a unit without an activation need?"),
        expect=(
            Message(
                "After the first epoch few logits are above {half}: with it little more than half "
                "of the samples are right, with {zero} more than four in five.",
                {"zero": 0, "half": 0.5},
            ),
            Message(
                "Training spreads the logits, so the two come closer; the mistake is hidden, but "
                "does not go away."
            ),
        ),
        caption=Message("No activation, from_logits=True"),
        settings=_LOGIT,
        epoch=1,
    ),
    Experiment(
        name="unscaled-inputs",
        title=Message("Inputs from 0 to 16"),
        question=Message("Why does the network predict the same class for every image?"),
        expect=(
            Message(
                "With unscaled pixels the first steps are too large. The loss stays at "
                "{chance}, the logarithm of ten, and the accuracy at one class in ten.",
                {"chance": 2.303},
            ),
            Message(
                "With the pixels divided by 16, the same network recognizes more than nine digits "
                "in ten."
            ),
        ),
        caption=Message("Pixels from 0 to 16"),
        settings=_STEEP.changed(scale="as_they_come"),
        against_caption=Message("Pixels from 0 to 1"),
        against=_STEEP,
    ),
    Experiment(
        name="one-unit-softmax",
        title=Message("Softmax over one unit"),
        question=Message("Why does the accuracy stay the same while the loss falls?"),
        expect=(
            Message(
                "One unit has nothing to be compared with: every output is 1, and the accuracy is "
                "the share of class 1 in every epoch."
            ),
            Message(
                "The loss still falls, just as with the sigmoid: Keras computes it from the input "
                "of the activation."
            ),
        ),
        caption=Message("Softmax"),
        settings=_UNIT.changed(output_activation="softmax"),
        against_caption=Message("Sigmoid"),
        against=_UNIT,
    ),
    Experiment(
        name="labels-of-minus-one",
        title=Message("Labels -1 and 1"),
        question=Message("Why is the loss below 0 and the accuracy below chance?"),
        expect=(
            Message(
                "Binary cross-entropy has no lower bound for a label of -1: the loss falls below 0."
            ),
            Message(
                "A prediction is 0 or 1 and never -1, so no sample of that class can be right; and "
                "the outputs are drawn to 0 for both classes."
            ),
            Message("With the labels 0 and 1 the same model is right in most samples."),
        ),
        caption=Message("Labels -1 and 1"),
        settings=_UNIT.changed(label_form="signs"),
        against_caption=Message("Labels 0 and 1"),
        against=_UNIT,
    ),
    Experiment(
        name="rare-class",
        title=Message("One class is rare"),
        question=Message("Is {value} a good accuracy?", {"value": 0.91}),
        expect=(
            Message(
                "One sample in eleven is of class 1. Accuracy reaches {value} after the first "
                "epoch by predicting 0 for every sample: recall is 0.",
                {"value": 0.91},
            ),
            Message(
                "With balanced class weights accuracy ends lower, and most samples of class 1 "
                "are found."
            ),
        ),
        caption=Message("Equal sample weights"),
        settings=_RARE,
        against_caption=Message("Balanced class weights"),
        against=_RARE.changed(class_weight="balanced"),
        epoch=1,
    ),
    Experiment(
        name="dropout",
        title=Message("Dropout"),
        question=Message("Why is the training accuracy below the validation accuracy?"),
        expect=(
            Message(
                "While it trains, half of the hidden units are off, and the printed accuracy is "
                "that of the weakened model. `evaluate` uses all of them: on the same training "
                "samples the accuracy is higher in every epoch."
            ),
            Message("Without dropout the two are close at the end."),
        ),
        caption=Message("Dropout 0.5"),
        settings=_DIGITS.changed(dropout=0.5),
        against_caption=Message("No dropout"),
        against=_DIGITS,
    ),
    Experiment(
        name="batch-norm",
        title=Message("Batch normalization"),
        question=Message(
            "Why does `evaluate` on the training samples give less than training printed?"
        ),
        expect=(
            Message(
                "Training normalizes with each batch's own mean, `evaluate` with a moving mean "
                "that starts at 0 and is slow: in the second epoch it gives less than half of what "
                "was printed for the same samples."
            ),
            Message(
                "Without batch normalization `evaluate` gives more than was printed there, as the "
                "final weights are better than those along the way."
            ),
        ),
        caption=Message("With batch normalization"),
        settings=_DEEP.changed(batch_norm=True),
        against_caption=Message("Without"),
        against=_DEEP,
        epoch=2,
    ),
    Experiment(
        name="running-mean",
        title=Message("A mean over the epoch"),
        question=Message("Which model does the printed training accuracy belong to?"),
        expect=(
            Message(
                "To none: it is the mean over the batches of an epoch, while the weights change. "
                "After the first epoch `evaluate` gives more than twice as much on the same "
                "samples."
            ),
            Message("The validation accuracy is that of the weights at the end of the epoch."),
            Message("As training slows down, the two agree."),
        ),
        caption=Message("Batches of 16"),
        settings=_DIGITS.changed(batch_size=16),
        epoch=1,
    ),
    Experiment(
        name="shuffled-labels",
        title=Message("Labels in another order than the outputs"),
        question=Message(
            "Why is a model that learns well no better than chance on the validation set?"
        ),
        expect=(
            Message(
                "The training accuracy rises past {value}, the validation accuracy stays at one in "
                "ten: the labels belong to other images.",
                {"value": 0.9},
            ),
            Message(
                "The validation loss rises: the surer the model, the more a wrong label costs."
            ),
        ),
        caption=Message("Validation labels shuffled"),
        settings=_DIGITS.changed(shuffled="validation"),
        against_caption=Message("Labels in order"),
        against=_DIGITS,
    ),
)
EXPERIMENTS: dict[str, Experiment] = {row.name: row for row in _ROWS}
