"""Rules about metrics that answer another question than the labels ask."""

from __future__ import annotations

from metrics_core.doctor.finding import Rule
from metrics_core.doctor.rules import metric
from metrics_core.doctor.rules.of_outputs import ties
from metrics_core.doctor.table.kinds import HOT, ONE_UNIT, SEVERAL, THRESHOLDED
from metrics_core.messages import Message

ELEMENT_WISE = Rule(
    id="AL015",
    name="element-wise-one-hot",
    look=metric.element_wise,
    kinds=("one_hot",),
    about="elsewhere",
    clean=Message("Accuracy per element and per class agree."),
    title=Message("Element-wise accuracy on one-hot labels"),
    means=Message(
        "Binary accuracy compares every element of a one-hot row. Nine of ten zeros are right"
        " even where the class is wrong, so that the number is high by itself."
    ),
    recognised=Message(
        "Accuracy by element and by the highest output differ by at least 0.005. Serious from"
        " 0.2 on, and a note where rows sum to 1, since the loss was then hardly binary "
        "cross-entropy."
    ),
    todo=Message("Name the metric: `categorical_accuracy`."),
    mute=Message("Where the number is known to be categorical."),
    example="""\
y_true = np.eye(4, dtype=int)[[0, 1, 2, 3] * 5]
y_pred = np.tile([0.1, 0.2, 0.3, 0.35], (20, 1)) + 0.01 * np.arange(20)[:, None]
""",
)
ARGMAX_MULTI_HOT = Rule(
    id="AL016",
    name="argmax-multi-hot",
    look=metric.argmax_multi_hot,
    kinds=("multi_label",),
    about="elsewhere",
    clean=Message("The highest output and the individual labels agree."),
    title=Message("The highest output on multi-hot labels"),
    means=Message(
        "Where shapes choose the metric, several labels at once are taken for one class, and "
        "only the first 1 of each row counts."
    ),
    recognised=Message(
        "Some rows do not have exactly one 1, and accuracy by the highest output differs by "
        "at least 0.005 from that by element. A warning from 0.05 on."
    ),
    todo=Message("Name the metric: `binary_accuracy`."),
    mute=Message("Where the metric is known."),
    example="""\
y_true = [[1, 1, 0], [0, 1, 1], [0, 0, 1], [1, 0, 1]]
y_pred = [[0.2, 0.9, 0.1], [0.1, 0.6, 0.8], [0.1, 0.2, 0.9], [0.9, 0.1, 0.7]]
""",
)
CATEGORICAL_ONE_UNIT = Rule(
    id="AL034",
    name="categorical-one-unit",
    look=metric.categorical_one_unit,
    kinds=ONE_UNIT,
    about="elsewhere",
    clean=Message("Categorical accuracy would not be fooled by a single column."),
    title=Message("Categorical accuracy over one unit"),
    means=Message(
        "The highest of a single column is always that column, on both sides. Categorical "
        "accuracy is then 1 whatever the model does."
    ),
    recognised=Message("The outputs have shape (n, 1) and the accuracy is below 0.995."),
    todo=Message("Use binary accuracy with one unit."),
    mute=Message("Where the metric is known to be binary."),
    example="""\
y_true = [[0], [1], [1], [0]]
y_pred = [[0.2], [0.9], [0.4], [0.3]]
""",
)
EXACT_MATCH = Rule(
    id="AL033",
    name="exact-match",
    look=metric.exact_match,
    kinds=HOT,
    about="elsewhere",
    clean=Message("Exact equality would give about the same."),
    title=Message("Exact equality on outputs that are not classes"),
    means=Message(
        "The class `keras.metrics.Accuracy` compares the outputs themselves with the labels. A "
        "probability of 0.9 equals no label."
    ),
    recognised=Message(
        "Some scores are not whole numbers, and exact equality differs by at least 0.005 from"
        " the accuracy in view."
    ),
    todo=Message("Write `'accuracy'`, not the class, or turn outputs into classes first."),
    mute=Message("Where the class is not used."),
    example="""\
y_true = [0, 1, 1, 0]
y_pred = [0.2, 0.9, 0.7, 0.3]
""",
)
K_TOO_LARGE = Rule(
    id="AL024",
    name="k-too-large",
    look=metric.k_too_large,
    kinds=SEVERAL,
    about="view",
    clean=Message("k is below the number of classes."),
    title=Message("Top-k accuracy that cannot fail"),
    means=Message("With k not below the number of classes every sample is in the top k."),
    recognised=Message(
        "Where k is at least the number of classes. A note for Keras's default of 5, otherwise a "
        "warning."
    ),
    todo=Message("Choose a smaller k."),
    mute=Message("Where top-k accuracy is not looked at."),
    example="""\
y_true = [0, 1, 2, 1]
y_pred = [[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.2, 0.7], [0.6, 0.2, 0.2]]
""",
)
TOP_K_TIES = Rule(
    id="AL025",
    name="top-k-ties",
    look=ties.top_k_ties,
    kinds=SEVERAL,
    about="data",
    clean=Message("No true class is tied at rank k."),
    title=Message("Ties at rank k"),
    means=Message(
        "Where the true class shares its output with others at rank k, Keras counts all of "
        "them as within the top k; other libraries do not."
    ),
    recognised=Message(
        "Samples that are in the top k only because of a tie. A warning from half a per cent on."
    ),
    todo=Message("Keep more digits, or report both numbers."),
    mute=Message("Where top-k accuracy is not looked at."),
    example="""\
y_true = [0, 1] * 10
y_pred = np.tile([0.2, 0.4, 0.2, 0.2], (20, 1)) + 0.01 * np.arange(20)[:, None]
view = {"k": 2}
""",
)
ARGMAX_TIES = Rule(
    id="AL026",
    name="argmax-ties",
    look=ties.argmax_ties,
    kinds=SEVERAL,
    about="data",
    clean=Message("Each row has a single highest output."),
    title=Message("Rows with more than one highest output"),
    means=Message(
        "The first of several equal highest outputs is predicted, so that the order of the "
        "columns decides."
    ),
    recognised=Message(
        "Rows whose highest score occurs more than once. A warning where the true class is "
        "among them in at least half a per cent of the rows."
    ),
    todo=Message("Keep more digits of the outputs."),
    mute=Message("Where the outputs are votes."),
    example="""\
y_true = [0, 1, 2]
y_pred = [[0.4, 0.4, 0.2], [0.4, 0.4, 0.2], [0.1, 0.2, 0.7]]
""",
)
THRESHOLD_TIES = Rule(
    id="AL027",
    name="threshold-ties",
    look=ties.threshold_ties,
    kinds=THRESHOLDED,
    about="view",
    clean=Message("No score equals the threshold."),
    title=Message("Scores that equal the threshold"),
    means=Message(
        "A score that equals the threshold is not above it, so Keras predicts 0. A program "
        "that writes `>=` predicts 1."
    ),
    recognised=Message(
        "Scores that are exactly the threshold. A warning where the other side changes the "
        "accuracy by at least 0.005."
    ),
    todo=Message("Say which side they fall on."),
    mute=Message("Where both programs use the same sign."),
    example="""\
y_true = [0, 1, 1, 0]
y_pred = [0.2, 0.5, 0.9, 0.3]
""",
)
