"""Rules about which samples count, and for how much."""

from __future__ import annotations

from metrics_core.doctor.finding import Rule
from metrics_core.doctor.rules import averaging, padding, shape
from metrics_core.doctor.rules.of_labels import easy
from metrics_core.doctor.table.kinds import ONE_CLASS, SHARES
from metrics_core.kinds import KINDS
from metrics_core.messages import Message

PADDING = Rule(
    id="AL019",
    name="padding",
    look=padding.padding,
    kinds=SHARES,
    about="data",
    clean=Message("No rows look like padding."),
    title=Message("Padding counted as samples"),
    means=Message(
        "Rows that only fill a batch or a sequence count as samples. The accuracy says partly"
        " how well padding is predicted."
    ),
    recognised=Message(
        "A label -1, -100 or 255 outside the classes; or rows without a 1 among labels that "
        "are one-hot otherwise; or a run of at least 5 equal rows of outputs with label 0, in"
        " at least 1 % of the samples, where other rows do not repeat."
    ),
    todo=Message("Give such rows a sample weight of 0, or leave them out."),
    mute=Message("Where these rows are samples."),
    example="""\
y_true = [0, 1, 2, 1, -1, -1]
y_pred = [[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.2, 0.7]] * 2
""",
)
PADDING_LABEL = Rule(
    id="AL042",
    name="padding-label",
    look=easy.padding_label,
    kinds=("one_hot", "sparse", "class_indices"),
    about="data",
    clean=Message("No frequent label is right so much more often than the others."),
    title=Message("A label that may be padding"),
    means=Message(
        "One label is nearly always right and the others are not. If it stands for padding or"
        " background, the accuracy is mostly a measure of how easily that is told."
    ),
    recognised=Message(
        "Three classes or more and at least 100 samples: the most frequent label has at least"
        " 30 samples and a tenth of all, is right in at least 99 % of them, and the others in"
        " at most 85 %. A warning, and likely, where the label stands in runs and the others "
        "do not."
    ),
    todo=Message("Count the other labels apart, or give this one a sample weight of 0."),
    mute=Message("Where the label is a class like the others."),
    example="""\
random = np.random.RandomState(0)
y_true = np.concatenate([[*random.randint(1, 4, 6), 0, 0, 0, 0] for _ in range(30)])
said = np.where((y_true > 0) & (random.random_sample(300) < 0.3), 1 + y_true % 3, y_true)
y_pred = np.eye(4)[said] * 0.6 + 0.1
""",
)
WEIGHTS = Rule(
    id="AL020",
    name="weights-ignored",
    look=averaging.weights_ignored,
    kinds=KINDS,
    about="view",
    clean=Message("No sample weights are ignored."),
    title=Message("Sample weights that are ignored"),
    means=Message(
        "The data come with weights, but the number in view counts every sample once. Keras "
        "does so for everything in `metrics=`."
    ),
    recognised=Message(
        "There are weights, they are not used in view, and they change the accuracy by at "
        "least 0.0005; a warning from 0.005 on."
    ),
    todo=Message("Use `weighted_metrics=`, or say that the weights are ignored."),
    mute=Message("Where the weights are meant for the loss only."),
    example="""\
y_true = [0, 1, 1, 0]
y_pred = [0.2, 0.9, 0.4, 0.3]
sample_weight = [1, 1, 3, 1]
""",
)
BATCH_MEANS = Rule(
    id="AL030",
    name="batch-means",
    look=averaging.batch_means,
    kinds=KINDS,
    about="elsewhere",
    clean=Message("The mean of batch means would be about the same."),
    title=Message("A mean of batch means"),
    means=Message(
        "The mean of the accuracies of batches lets a sample of a short last batch count for "
        "more than the others."
    ),
    recognised=Message(
        "The last batch is shorter, and the mean of batch means differs by at least 0.005. A "
        "warning where it is in view, otherwise a note."
    ),
    todo=Message("Add up what is right over all batches and divide once."),
    mute=Message("Where all batches are of one size, or the number was not computed so."),
    example="""\
y_true = np.arange(98) % 2
y_pred = np.where(np.arange(98) < 96, y_true, 1 - y_true) * 0.5 + 0.2
""",
)
TAIL = Rule(
    id="AL031",
    name="tail-dropped",
    look=averaging.tail_dropped,
    kinds=KINDS,
    about="elsewhere",
    clean=Message("Dropping the last, shorter batch would change little."),
    title=Message("The last, shorter batch matters"),
    means=Message("Pipelines that drop the last batch leave out samples, and the number changes."),
    recognised=Message(
        "The number of samples is no multiple of the batch size, and leaving out the rest "
        "changes the accuracy by at least 0.005."
    ),
    todo=Message("Keep the last batch when evaluating."),
    mute=Message("Where the last batch is known to count."),
    example="""\
y_true = np.arange(98) % 2
y_pred = np.where(np.arange(98) < 96, y_true, 1 - y_true) * 0.5 + 0.2
""",
)
BROADCAST = Rule(
    id="AL032",
    name="broadcast",
    look=shape.broadcast,
    kinds=ONE_CLASS,
    about="elsewhere",
    clean=Message("Labels and decisions compare without broadcasting."),
    title=Message("Shapes (n,) and (n, 1) that would broadcast"),
    means=Message(
        "Compared by hand with `==`, n labels and n rows of one prediction make n times n "
        "comparisons. Their mean is not the accuracy."
    ),
    recognised=Message(
        "Labels and outputs differ in that axis, and the mean over all pairs differs by at "
        "least 0.005."
    ),
    todo=Message("Give both the shape (n,). Keras does so by itself."),
    mute=Message("Where nothing is computed by hand."),
    example="""\
y_true = np.arange(40) % 2
y_pred = (y_true * 0.8 + 0.1).reshape(-1, 1)
""",
)
