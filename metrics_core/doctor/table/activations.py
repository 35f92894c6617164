"""Rules about activations that are missing, doubled or misplaced, and about scales."""

from __future__ import annotations

from metrics_core.doctor.finding import Rule
from metrics_core.doctor.rules.of_outputs import activation, axis, scale, twice
from metrics_core.doctor.table.kinds import ONE_UNIT, SEVERAL, SHARES, THRESHOLDED
from metrics_core.kinds import KINDS
from metrics_core.messages import Message

ONE_UNIT_SOFTMAX = Rule(
    id="AL003",
    name="one-unit-softmax",
    look=activation.one_unit_softmax,
    kinds=ONE_UNIT,
    about="view",
    clean=Message("No softmax runs over a single unit."),
    title=Message("Softmax over one unit"),
    means=Message(
        "A softmax makes the outputs of a row sum to 1. With a single unit the output is "
        "therefore 1 for every sample, whatever was learned, and everything is predicted as "
        "class 1."
    ),
    recognised=Message(
        "The view applies a softmax to one output; or all outputs lie within a millionth of 1"
        " while not all labels are 1."
    ),
    todo=Message("Use one unit with a sigmoid, or two with a softmax, and train again."),
    mute=Message("Where the outputs are a constant 1 for another reason."),
    example="""\
y_true = [0, 1] * 10
y_pred = np.ones((20, 1))
""",
)
LOGITS_CUT = Rule(
    id="AL012",
    name="logits-cut",
    look=activation.logits_at_threshold,
    kinds=THRESHOLDED,
    about="view",
    clean=Message("The threshold fits the range of the outputs."),
    title=Message("Logits compared with a threshold for probabilities"),
    means=Message(
        "A logit of 0 stands for a probability of 0.5. Compared with 0.5, logits between 0 "
        "and 0.5 are predicted as 0 although the model holds 1 for more likely."
    ),
    recognised=Message(
        "No activation is in view, the threshold lies between 0 and 1, and the outputs reach "
        "below -1 or above 2, or a threshold of 0 does better by more than chance. Likely "
        "where some are negative and a threshold of 0 does not do worse by more than chance. "
        "Where comparing with 0 makes accuracy and balanced accuracy worse, it is not "
        "offered."
    ),
    todo=Message(
        "Compare with 0, or apply a sigmoid. Where that is not offered, find out what the "
        "last layer gives."
    ),
    mute=Message("Where 0.5 is meant as a threshold on the logits."),
    example="""\
y_true = [0, 1, 0, 1] * 10
y_pred = [-3.0, 0.2, -1.0, 2.5] * 10
""",
)
LOGITS_ROUNDED = Rule(
    id="AL017",
    name="logits-rounded",
    look=activation.logits_rounded,
    kinds=THRESHOLDED,
    about="elsewhere",
    clean=Message("Every output rounds to 0 or 1."),
    title=Message("Logits that round to neither 0 nor 1"),
    means=Message(
        "Keras up to 2.3.1 rounded the outputs for `accuracy`. An output of 2.7 becomes 3, "
        "which equals no label."
    ),
    recognised=Message(
        "Outputs that are no probabilities round to something else than 0 and 1, and accuracy"
        " by rounding differs by at least 0.005 from that above 0. A warning where it "
        "concerns a twentieth of them."
    ),
    todo=Message(
        "Apply a sigmoid first, or compare with a threshold. Comparing with 0 is offered only"
        " where the numbers bear it out."
    ),
    mute=Message("Where no such release is used."),
    example="""\
y_true = [0, 1, 0, 1] * 10
y_pred = [-3.0, 0.2, -1.0, 2.5] * 10
""",
)
ROWS_NOT_ONE = Rule(
    id="AL018",
    name="rows-not-one",
    look=activation.rows_not_one,
    kinds=SEVERAL,
    about="data",
    clean=Message("Outputs between 0 and 1 sum to 1 in each row."),
    title=Message("Rows of outputs that do not sum to 1"),
    means=Message(
        "The outputs lie between 0 and 1, but they are not the probabilities of classes that "
        "exclude each other. The highest can be taken, but it says little about how sure the "
        "model is."
    ),
    recognised=Message(
        "Outputs within 0 and 1 with rows that are off 1 by more than 0.001 (0.01 in "
        "float16), without an activation in view."
    ),
    todo=Message(
        "Where a sample has one class, use a softmax with categorical cross-entropy; look for"
        " columns that were lost."
    ),
    mute=Message("Where sigmoid units are meant."),
    example="""\
y_true = [0, 1, 2, 1]
y_pred = [[0.9, 0.2, 0.1], [0.3, 0.8, 0.4], [0.2, 0.1, 0.6], [0.1, 0.7, 0.2]]
""",
)
DOUBLE_SIGMOID = Rule(
    id="AL013",
    name="double-sigmoid",
    look=twice.double_sigmoid,
    kinds=SHARES,
    about="view",
    clean=Message("The outputs went through one sigmoid at most."),
    title=Message("Outputs that went through two sigmoids"),
    means=Message(
        "The sigmoid of a number between 0 and 1 lies between 0.5 and 0.7311. Everything is "
        "then predicted as 1."
    ),
    recognised=Message(
        "A sigmoid in view on outputs within 0 and 1; or, from 10 samples on, all outputs lie"
        " between 0.5 and 0.73106 with a spread of at least 0.12, and a threshold of 0.6225 "
        "does not do worse by more than chance."
    ),
    todo=Message("Remove one sigmoid: the one in the view, or the one in the program."),
    mute=Message("Where the outputs lie in that range for another reason."),
    example="""\
y_true = [0, 1, 0, 1] * 10
y_pred = 1 / (1 + np.exp(-np.array([0.05, 0.9, 0.3, 0.8] * 10)))
""",
)
DOUBLE_SOFTMAX = Rule(
    id="AL014",
    name="double-softmax",
    look=twice.double_softmax,
    kinds=SEVERAL,
    about="view",
    clean=Message("The outputs went through one softmax at most."),
    title=Message("Outputs that went through two softmaxes"),
    means=Message(
        "A second activation leaves the order of the classes as it is, but makes all outputs "
        "nearly equal. The accuracy is the same; confidence, loss and every threshold are "
        "not."
    ),
    recognised=Message(
        "An activation in view on rows that sum to 1; or, from 10 samples on, undoing one "
        "softmax gives numbers within 0 and 1 whose highest is mostly near 1."
    ),
    todo=Message(
        "Remove one of them. With `from_logits=True` in the loss the model needs no softmax."
    ),
    mute=Message("Where only the highest class is used."),
    example="""\
once = np.tile([[0.97, 0.02, 0.01], [0.01, 0.98, 0.01], [0.0, 0.01, 0.99]], (10, 1))
y_true = [0, 1, 2] * 10
y_pred = np.exp(once) / np.exp(once).sum(axis=1, keepdims=True)
""",
)
SOFTMAX_AXIS = Rule(
    id="AL037",
    name="softmax-over-samples",
    look=axis.softmax_over_samples,
    kinds=SEVERAL,
    about="data",
    clean=Message("No softmax ran over the samples in place of the classes."),
    title=Message("Softmax over the samples in place of the classes"),
    means=Message(
        "A softmax along axis 0 compares the samples of one class with each other. The "
        "columns sum to 1, not the rows, and the highest of a row depends on the other "
        "samples of the batch."
    ),
    recognised=Message(
        "Outputs within 0 and 1 whose columns all sum to 1, or to the same whole number (one "
        "for each batch), within 0.001 of it, while the rows do not. For logits a note says "
        "what the mistake would give, where it differs by at least 0.005."
    ),
    todo=Message(
        "Apply the softmax along the last axis. Outputs that went through the wrong one do "
        "not tell the logits."
    ),
    mute=Message("The note, where the number was not computed elsewhere."),
    example="""\
random = np.random.RandomState(0)
logits = random.normal(size=(30, 3))
y_true = logits.argmax(axis=1)
y_pred = np.exp(logits) / np.exp(logits).sum(axis=0)
""",
)
PER_CENT = Rule(
    id="AL035",
    name="outputs-scaled",
    look=scale.shares_of,
    kinds=KINDS,
    about="view",
    clean=Message("The outputs are not in per cent or bytes."),
    title=Message("Outputs in per cent or bytes"),
    means=Message(
        "Services write scores from 0 to 100, images hold bytes from 0 to 255. Compared with "
        "0.5, nearly everything is predicted as 1."
    ),
    recognised=Message(
        "None is negative. One output a label, with labels 0 and 1: the highest lies above 50"
        " and at most at 100; or above 127.5 and at most at 255, and all are whole. Several "
        "classes: every row sums to 100, within 0.01 and half a unit for each class. What is read "
        "as class indices takes ten values or more, or 0 and the end of the scale only. Likely "
        "where comparing with the half of the scale gives a higher accuracy."
    ),
    todo=Message("Divide by 100 or 255, or compare with 50 or 127.5."),
    mute=Message("Where the outputs are not shares of 100 or 255, as those of a ReLU."),
    example="""\
y_true = [0, 1, 0, 1]
y_pred = [4.5, 97.2, 31.0, 63.4]
""",
)
LOG_PROBABILITIES = Rule(
    id="AL036",
    name="log-probabilities",
    look=scale.log_probabilities,
    kinds=SHARES,
    about="view",
    clean=Message("The outputs are not logarithms of probabilities."),
    title=Message("Logarithms of probabilities"),
    means=Message(
        "A log-softmax or log-sigmoid gives numbers that are never above 0. The highest class"
        " stays the highest, but no threshold between 0 and 1 is ever reached."
    ),
    recognised=Message(
        "No output is above 0.001. Several classes: the exponentials of every row sum to 1 "
        "within 0.001; a note, since the accuracy is the same. One output a label: the "
        "highest lies above -0.6931, and comparing with that number does better by more than "
        "chance."
    ),
    todo=Message("Take the exponential."),
    mute=Message("Where only the highest class is used."),
    example="""\
y_true = [0, 1, 2, 1]
y_pred = np.log([[0.7, 0.2, 0.1], [0.2, 0.6, 0.2], [0.1, 0.1, 0.8], [0.3, 0.5, 0.2]])
""",
)
