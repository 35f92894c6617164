"""Rules about labels and outputs that do not belong together as they stand."""

from __future__ import annotations

from metrics_core.doctor.finding import Rule
from metrics_core.doctor.rules import order
from metrics_core.doctor.rules.of_labels import easy
from metrics_core.doctor.table.kinds import ONE_CLASS, SCORED
from metrics_core.messages import Message

PERMUTED = Rule(
    id="AL010",
    name="classes-permuted",
    look=order.permuted,
    kinds=ONE_CLASS,
    about="data",
    clean=Message("No other class order fits much better."),
    title=Message("Classes in another order"),
    means=Message(
        "The outputs count the classes in another order than the labels do: folders sorted by"
        " name, a label encoder, columns of a data frame, or 0 and 1 swapped."
    ),
    recognised=Message(
        "From 20 samples on: some renaming of the classes raises the accuracy by at least "
        "0.2, beyond its 95 % interval, and beyond what any renaming reaches on unrelated "
        "labels (Hoeffding's bound at one in a thousand). Likely from 0.6 on. Folder names "
        "that are numbers are sorted as words: 0, 1, 10, 11, 2."
    ),
    todo=Message(
        "Bring the columns into the order of the labels, and keep that order next to the model."
    ),
    mute=Message("Where the model is known to confuse these classes."),
    example="""\
y_true = np.arange(60) % 3
y_pred = np.eye(3)[(y_true + 1) % 3] * 0.8 + 0.1
""",
)
SHUFFLED = Rule(
    id="AL011",
    name="labels-shuffled",
    look=order.shuffled,
    kinds=ONE_CLASS,
    about="data",
    clean=Message("Labels and outputs belong together."),
    title=Message("Labels that do not belong to these outputs"),
    means=Message(
        "The labels are as good as drawn at random, although the model is sure of itself: the"
        " rows of the two files do not match."
    ),
    recognised=Message(
        "From 30 samples on: the accuracy is within 2.5 standard errors of chance, each class"
        " is predicted about as often as it occurs, and either the labels fit when moved by "
        "up to 8 rows or reversed, or the mean confidence is at least 0.25 above the "
        "accuracy."
    ),
    todo=Message("Predict without shuffling, and take labels and outputs in one pass."),
    mute=Message("Where the model is known to have memorized noise."),
    example="""\
y_true = np.random.RandomState(0).randint(0, 3, 90)
y_pred = np.eye(3)[np.roll(y_true, 2)] * 0.8 + 0.1
""",
)
FROM_OUTPUTS = Rule(
    id="AL039",
    name="labels-from-outputs",
    look=easy.labels_from_outputs,
    kinds=SCORED,
    about="data",
    clean=Message("The labels were not made from these outputs."),
    title=Message("The labels look like predictions of this model"),
    means=Message(
        "Where a model wavers between two classes it is wrong nearly every second time. If it"
        " never is, the labels were made from its outputs: a column of predictions was taken "
        "for the truth."
    ),
    recognised=Message(
        "From 30 samples on: every sample is right, and at least 12 of them have two best "
        "probabilities within a tenth of each other (for one output: within 0.05 of 0.5, at "
        "least 3 on either side). A coin gets 12 right once in 4,096."
    ),
    todo=Message("Look up which column holds the truth."),
    mute=Message("Where the labels are known to be true."),
    example="""\
y_pred = np.linspace(0.01, 0.99, 200)
y_true = (y_pred > 0.5).astype(int)
""",
)
