"""Rules about labels that are written in another way than the metric reads them."""

from __future__ import annotations

from metrics_core.doctor.finding import Rule
from metrics_core.doctor.rules import shape
from metrics_core.doctor.rules.of_labels import labels, targets
from metrics_core.doctor.table.kinds import HOT, INDICES, SCORED, THRESHOLDED
from metrics_core.messages import Message

FROM_ONE = Rule(
    id="AL004",
    name="labels-from-one",
    look=labels.from_one,
    kinds=(*INDICES, "class_indices"),
    about="data",
    clean=Message("The labels start at 0."),
    title=Message("Labels that start at 1"),
    means=Message(
        "The classes of the outputs are numbered from 0. Labels that start at 1 meet the "
        "wrong column, and the last class meets none."
    ),
    recognised=Message(
        "The lowest label is 1. Certain where the highest equals the number of classes, or "
        "where binary labels are 1 and 2, and the accuracy rises with 1 subtracted; otherwise"
        " from 20 samples on and only where it rises by at least 0.2."
    ),
    todo=Message("Subtract 1 from the labels."),
    mute=Message("Where class 0 has no samples."),
    example="""\
y_true = [1, 2, 3, 1]
y_pred = [[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.2, 0.7], [0.6, 0.2, 0.2]]
""",
)
MINUS_ONE = Rule(
    id="AL005",
    name="labels-minus-one",
    look=labels.minus_one,
    kinds=(*THRESHOLDED, "sparse"),
    about="data",
    clean=Message("No label -1 stands for class 0."),
    title=Message("Labels -1 and 1"),
    means=Message(
        "A hinge loss and tanh units want labels -1 and 1. A prediction is 0 or 1, so every "
        "label -1 counts as wrong."
    ),
    recognised=Message("The labels are exactly -1 and 1, and there are two classes."),
    todo=Message("Write -1 as 0. Compare the outputs of such a model with 0."),
    mute=Message("Never for accuracy."),
    example="""\
y_true = [-1, 1, 1, -1]
y_pred = [0.2, 0.9, 0.7, 0.4]
""",
)
TWO_VALUES = Rule(
    id="AL038",
    name="labels-two-values",
    look=labels.two_values,
    kinds=THRESHOLDED,
    about="data",
    clean=Message("No two other numbers stand for 0 and 1."),
    title=Message("Labels of two other numbers"),
    means=Message(
        "Masks are saved as 0 and 255, data files have 2 and 4, or 0 and 100. A prediction is"
        " 0 or 1, so one or both of the labels are never met."
    ),
    recognised=Message(
        "The labels are exactly two whole numbers other than 0 and 1, -1 and 1, or 1 and 2, "
        "and the outputs are not whole numbers of the same kind."
    ),
    todo=Message("Write the lower as 0 and the higher as 1."),
    mute=Message("Never for accuracy."),
    example="""\
y_true = [0, 255, 255, 0]
y_pred = [0.2, 0.9, 0.7, 0.4]
""",
)
OUT_OF_RANGE = Rule(
    id="AL006",
    name="labels-out-of-range",
    look=labels.out_of_range,
    kinds=(*INDICES, "multi_label"),
    about="data",
    clean=Message("Every label is a class."),
    title=Message("Labels that are not classes"),
    means=Message(
        "Some labels are no class of the outputs, so that no prediction can equal them: "
        "another numbering, another data set, or too few units."
    ),
    recognised=Message(
        "A label below 0, at or above the number of classes, or not whole, that no other rule"
        " explains and that is not one of the usual marks for samples to ignore (-1, -100, "
        "255)."
    ),
    todo=Message("Number the classes from 0 in the order of the outputs."),
    mute=Message("Where such samples are meant to count as wrong."),
    example="""\
y_true = [0, 1, 2, 7]
y_pred = [[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.2, 0.7], [0.6, 0.2, 0.2]]
""",
)
REGRESSION = Rule(
    id="AL007",
    name="regression-targets",
    look=targets.regression,
    kinds=(*INDICES, "multi_label"),
    about="data",
    clean=Message("The labels are classes, not quantities."),
    title=Message("Targets that are quantities, not classes"),
    means=Message(
        "Accuracy counts how often a prediction equals the label. A quantity is hardly ever "
        "met exactly, so the accuracy of a regression is about 0 however good it is."
    ),
    recognised=Message(
        "Labels that are fractions of more than two values; or more than 10 different labels "
        "against one output that is not whole."
    ),
    todo=Message(
        "Judge a regression by its error. Turn probabilities into classes before counting."
    ),
    mute=Message("Where accuracy is not looked at."),
    example="""\
y_true = [3.2, 4.8, 1.5, 2.25]
y_pred = [3.0, 5.1, 1.4, 2.5]
""",
)
SMOOTHED = Rule(
    id="AL008",
    name="smoothed-labels",
    look=targets.smoothed,
    kinds=HOT,
    about="data",
    clean=Message("The labels are not smoothed."),
    title=Message("Smoothed labels"),
    means=Message(
        "Label smoothing belongs to the loss. Labels such as 0.05 and 0.95 equal no "
        "prediction, so that every sample counts as wrong."
    ),
    recognised=Message(
        "The labels are exactly two values, one below and one above 0.5, within 0 and 1 and "
        "not 0 and 1. A note for one-hot labels, where argmax does not mind."
    ),
    todo=Message("Give the metric labels of 0 and 1."),
    mute=Message("For one-hot labels."),
    example="""\
y_true = [0.05, 0.95, 0.95, 0.05]
y_pred = [0.2, 0.9, 0.7, 0.4]
""",
)
ONE_HOT_OR_SPARSE = Rule(
    id="AL009",
    name="one-hot-or-sparse",
    look=shape.one_hot_or_sparse,
    kinds=("binary", "sparse", "multi_label"),
    about="data",
    clean=Message("One-hot labels and class indices are not confused."),
    title=Message("One-hot labels and class indices confused"),
    means=Message(
        "The same numbers can be read as one class a sample, as several labels at once, or as"
        " a column of them, and each reading has another accuracy."
    ),
    recognised=Message(
        "Labels read as multi-hot with exactly one 1 in each row; labels of one output with "
        "exactly one 1 in each block of as many rows, in at least 10 blocks; or, from 30 "
        "samples on, labels 0 and 1 against three or more predicted classes, one of which "
        "agrees with label 1 by at least 0.1 more than chance."
    ),
    todo=Message("Read the labels as what they are: one row a sample, one column a class."),
    mute=Message("Where each sample happens to have one label out of several possible."),
    example="""\
y_true = np.eye(3, dtype=int)[[0, 1, 2, 1]]
y_pred = [[0.8, 0.4, 0.1], [0.1, 0.8, 0.3], [0.1, 0.2, 0.7], [0.6, 0.7, 0.2]]
kind = "multi_label"
""",
)
CLASS_MISSING = Rule(
    id="AL023",
    name="class-missing",
    look=labels.class_missing,
    kinds=SCORED,
    about="data",
    clean=Message("Every class has samples."),
    title=Message("A class without samples"),
    means=Message(
        "One of the classes does not occur among the labels. The accuracy says nothing about it."
    ),
    recognised=Message(
        "A class without a label, with at most 1,000 classes and at least as many samples as "
        "classes. A warning where all samples have one class, or from 10 samples a class on."
    ),
    todo=Message("Split with stratification, and look at how the data are sorted."),
    mute=Message("Where the class is known to be missing from this test set."),
    example="""\
y_true = [0, 1] * 20
y_pred = np.tile([[0.6, 0.3, 0.1], [0.2, 0.7, 0.1]], (20, 1))
""",
)
