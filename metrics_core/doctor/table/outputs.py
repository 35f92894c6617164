"""Rules about outputs that say little or nothing."""

from __future__ import annotations

from metrics_core.doctor.finding import Rule
from metrics_core.doctor.rules.of_outputs import outputs, scores, ties
from metrics_core.doctor.table.kinds import ONE_UNIT, SEVERAL, SHARES, THRESHOLDED
from metrics_core.kinds import KINDS
from metrics_core.messages import Message

NOT_FINITE = Rule(
    id="AL001",
    name="not-finite",
    look=outputs.not_finite,
    kinds=KINDS,
    about="data",
    clean=Message("All labels and outputs are finite."),
    title=Message("Numbers that are not finite"),
    means=Message(
        "Some outputs or labels are NaN or infinite. They still count: NaN is above no "
        "threshold and the highest of no row, so such samples are right or wrong by accident."
    ),
    recognised=Message(
        "Any output or label that is not finite. Serious where there is NaN, a warning where "
        "there are only infinite outputs."
    ),
    todo=Message(
        "Find the first step that gives NaN: missing inputs, a division by 0, a logarithm of "
        "0, a learning rate that is too high. The figures show the accuracy without these "
        "rows."
    ),
    mute=Message("Where missing outputs are meant to count as wrong."),
    example="""\
y_true = [0, 1, 1, 0]
y_pred = [0.1, np.nan, 0.8, 0.3]
""",
)
CONSTANT = Rule(
    id="AL002",
    name="constant-outputs",
    look=outputs.constant,
    kinds=SHARES,
    about="data",
    clean=Message("The outputs differ from sample to sample."),
    title=Message("The same outputs for every sample"),
    means=Message(
        "The model gives the same answer whatever it is shown. Its accuracy is then the share"
        " of one class."
    ),
    recognised=Message(
        "All rows of outputs are equal, bit for bit, in at least 3 samples; serious from 10 "
        "on. A single output that is always 1 is told as a softmax over one unit instead."
    ),
    todo=Message(
        "Scale the inputs, lower the learning rate, and look for units that are always 0."
    ),
    mute=Message("Where the outputs are those of a baseline that is constant on purpose."),
    example="""\
y_true = [0, 1] * 10
y_pred = np.full(20, 0.4)
""",
)
DECISIONS = Rule(
    id="AL044",
    name="decisions",
    look=scores.decisions,
    kinds=SHARES,
    about="data",
    clean=Message("The outputs are scores, not decisions."),
    title=Message("Decisions in place of scores"),
    means=Message(
        "The outputs are 0 and 1 already. Accuracy, precision and recall can be computed from"
        " them; a ROC curve, a log loss, calibration or another threshold cannot."
    ),
    recognised=Message("Every output is exactly 0 or 1, and both occur."),
    todo=Message("Save the scores next to the decisions."),
    mute=Message("Where only decisions are of interest."),
    example="""\
y_true = [0, 1, 1, 0] * 10
y_pred = [0.0, 1.0, 0.0, 0.0] * 10
""",
)
CROWDED = Rule(
    id="AL041",
    name="crowded-scores",
    look=scores.crowded,
    kinds=ONE_UNIT,
    about="view",
    clean=Message("The scores are spread over the range."),
    title=Message("Scores crowded into a sliver of the range"),
    means=Message(
        "The scores may order the samples well, but they lie so close together that a "
        "threshold of 0.5 puts all on one side, and the 200 thresholds of `keras.metrics.AUC`"
        " lie mostly elsewhere."
    ),
    recognised=Message(
        "From 30 samples on, with scores within 0 and 1: all scores lie within 0.02 of each "
        "other, or the area under the ROC curve from 200 thresholds differs by at least 0.005"
        " from that of all scores. A warning within 0.02 or from a difference of 0.02 on, "
        "otherwise a note."
    ),
    todo=Message(
        "Compute the area from all scores, and choose the threshold among them. Ask why they "
        "are crowded: a second activation, a rare class, a model that has hardly learned."
    ),
    mute=Message("Where neither the area nor a threshold of 0.5 is used."),
    example="""\
random = np.random.RandomState(0)
y_true = np.arange(200) % 2
y_pred = 0.5012 + 0.001 * y_true + 0.001 * random.random_sample(200)
""",
)
REPEATED = Rule(
    id="AL040",
    name="repeated-column",
    look=scores.repeated_column,
    kinds=(*SEVERAL, "multi_label"),
    about="data",
    clean=Message("No two columns of outputs are the same."),
    title=Message("Two columns of outputs are the same"),
    means=Message(
        "Two classes have the same output in every row, so that the second of them is never "
        "predicted."
    ),
    recognised=Message(
        "From 10 samples on: two columns are equal in every row, and they are not constant."
    ),
    todo=Message(
        "Look where the table of outputs is put together. Two classes of one sigmoid unit are"
        " 1 - p and p."
    ),
    mute=Message("Never without a reason: the accuracy of the two classes means nothing."),
    example="""\
random = np.random.RandomState(0)
y_true = np.arange(50) % 2
p = random.random_sample(50)
y_pred = np.column_stack([p, p])
""",
)
ROUNDED = Rule(
    id="AL045",
    name="rounded-outputs",
    look=scores.rounded,
    kinds=SHARES,
    about="data",
    clean=Message("The outputs have digits enough."),
    title=Message("Outputs with few digits"),
    means=Message(
        "The outputs were rounded to one or two digits. Scores that equal the threshold or "
        "each other are then frequent, and a convention decides about them."
    ),
    recognised=Message(
        "From 200 samples on: all outputs lie within 0 and 1 and are multiples of 0.1 or of "
        "0.01, but not all are 0 or 1."
    ),
    todo=Message("Save more digits. For the votes of a forest there are no more."),
    mute=Message("Where the outputs are votes."),
    example="""\
random = np.random.RandomState(0)
y_true = np.arange(300) % 2
y_pred = np.round(random.random_sample(300), 2)
""",
)
FLOAT16 = Rule(
    id="AL028",
    name="float16-at-threshold",
    look=ties.float16_at_threshold,
    kinds=THRESHOLDED,
    about="data",
    clean=Message("No score was rounded onto the threshold."),
    title=Message("Half precision at the threshold"),
    means=Message(
        "Numbers of 16 bits have about three digits. A score near the threshold may have been"
        " rounded onto it, so that which side it belongs to is unknown."
    ),
    recognised=Message(
        "The scores are float16 and some are the float16 number nearest to the threshold. A "
        "warning where they move the accuracy by at least 0.005."
    ),
    todo=Message("Give the last layer the dtype float32."),
    mute=Message("Where the model will be used in half precision as well."),
    example="""\
y_true = [0, 1] * 30
y_pred = np.array([0.2, 0.5] * 30, "f2")
""",
)
