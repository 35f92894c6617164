"""Rules about what the number is worth."""

from __future__ import annotations

from metrics_core.doctor.finding import Rule
from metrics_core.doctor.rules import evidence
from metrics_core.doctor.rules.of_labels import doubted, easy
from metrics_core.doctor.table.kinds import ONE_CLASS, SCORED, SHARES
from metrics_core.kinds import KINDS
from metrics_core.messages import Message

MAJORITY = Rule(
    id="AL021",
    name="majority-class",
    look=evidence.majority,
    kinds=ONE_CLASS,
    about="data",
    clean=Message("The accuracy is above that of the most frequent class."),
    title=Message("No better than the most frequent class"),
    means=Message(
        "Always predicting the most frequent class would do as well. With one class in twenty"
        " samples that is 0.95 without any learning."
    ),
    recognised=Message(
        "The 95 % interval of the accuracy does not lie above the share of the most frequent "
        "class. A warning where the accuracy itself is not above it, or from 100 samples on."
    ),
    todo=Message("Look at balanced accuracy, precision and recall."),
    mute=Message("Where another metric is what counts."),
    example="""\
y_true = [1] + [0] * 19
y_pred = [0.3] * 19 + [0.2]
""",
)
NOTHING_PREDICTED = Rule(
    id="AL043",
    name="nothing-predicted",
    look=easy.nothing_predicted,
    kinds=("multi_label",),
    about="data",
    clean=Message("The accuracy is above that of predicting no label."),
    title=Message("No better than predicting no label"),
    means=Message(
        "With many labels of which few apply, most elements are 0. Predicting nothing at all "
        "then has a high accuracy by element."
    ),
    recognised=Message(
        "At least half of the elements are 0, and the accuracy by element is not above their share."
    ),
    todo=Message("Look at precision and recall of the labels, or at F1."),
    mute=Message("Where missing labels are worse than none."),
    example="""\
hot = np.eye(10, dtype=int)
y_true = hot[np.arange(40) % 10] + hot[(np.arange(40) + 1) % 10]
y_pred = np.full((40, 10), 0.2) + 0.01 * np.arange(40)[:, None]
""",
)
FEW_SAMPLES = Rule(
    id="AL029",
    name="few-samples",
    look=evidence.few_samples,
    kinds=KINDS,
    about="data",
    clean=Message("There are enough samples for a digit or two of precision."),
    title=Message("Too few samples for this many digits"),
    means=Message(
        "Another test set of this size would give another number. Four digits say more than "
        "is known."
    ),
    recognised=Message(
        "The 95 % confidence interval (Wilson) is at least 0.1 wide; a warning from 0.25 on."
    ),
    todo=Message("Report the interval, or test on more samples."),
    mute=Message("Where the samples are all there are."),
    example="""\
y_true = [0, 1, 1, 0]
y_pred = [0.2, 0.9, 0.4, 0.3]
""",
)
BAD_CONFIDENCE = Rule(
    id="AL022",
    name="bad-confidence",
    look=evidence.bad_confidence,
    kinds=SCORED,
    about="data",
    clean=Message("Where accuracy is high, confidence matches how often the outputs are right."),
    title=Message("High accuracy, poorly calibrated confidence"),
    means=Message(
        "The predictions are mostly right, but the outputs are not right as often as they "
        "say. They cannot be read as probabilities."
    ),
    recognised=Message(
        "From 30 samples and an accuracy of 0.75 on: the expected calibration error in 15 "
        "bins is at least 0.08 above what a calibrated model of this size would show. Not "
        "judged where the outputs are all 0 or 1."
    ),
    todo=Message("Calibrate on held-out data."),
    mute=Message("Where only the predicted class is used."),
    example="""\
y_true = np.arange(200) % 2
y_pred = np.where(np.arange(200) < 160, y_true, 1 - y_true) * 0.998 + 0.001
""",
)
WRONG_LABELS = Rule(
    id="AL046",
    name="labels-probably-wrong",
    look=doubted.wrong_labels,
    kinds=SHARES,
    about="data",
    clean=Message("Sure outputs contradict their labels no more than they should."),
    title=Message("Labels that are probably wrong"),
    means=Message(
        "Outputs that are sure, and right nearly everywhere, say another class than the label. "
        "Where such labels are wrong, the accuracy cannot reach 1, and a better model can have a "
        "lower one."
    ),
    recognised=Message(
        "From 100 samples on, where the outputs are right in at least 80 of 100: at least 10 of "
        "those that are 95 % sure contradict their label, three times as many as their confidence "
        "allows, beyond chance, and no fewer among the surest. Samples and shares are those of "
        "confident learning: the threshold of a class is the mean probability that its own samples "
        "give it."
    ),
    todo=Message("Look at these samples, the surest first, and correct the labels that are wrong."),
    mute=Message("Where the labels were checked, or the model was trained on these samples."),
    example="""\
y_true = np.arange(400) % 2
y_true[::25] = 1 - y_true[::25]
y_pred = np.where(np.arange(400) % 2 == 1, 0.995, 0.005)
""",
)
