"""Run the installed Keras and write which settings change what `accuracy` prints.

Run by hand, once in an environment for each release, from the root of the project:

    python tools/beside/settings.py tf answers.json
    python tools/beside/settings.py keras answers.json

For each setting: what is printed without it and with it, from models that give out what they are
given. An answer is ``{"without": ..., "with": ...}``, with numbers by the name that is reported, or
``"refused"`` where the release raised an error.
"""

from __future__ import annotations

import json
import platform
import sys

import numpy as np
from installed import RELEASE, keras, tf

RIGHT = np.array([[0.9], [0.8], [0.3], [0.2], [0.6], [0.1], [0.4], [0.7]], "float32")
LABELS = np.array([[1], [1], [1], [0], [0], [0], [1], [1]], "float32")
WEIGHTS = np.array([1, 2, 3, 4, 1, 2, 3, 4], "float32")
# Two steps each; a step of 0 is masked. The labels of masked steps are 0, so that 0 is right there.
STEPS = np.array([[[0.9], [0]], [[0.8], [0.3]], [[0.6], [0]], [[0.2], [0]]], "float32")
STEP_LABELS = np.array([[[1], [0]], [[0], [1]], [[1], [0]], [[1], [0]]], "float32")
STEP_WEIGHTS = np.array([[1, 4], [2, 3], [1, 1], [2, 2]], "float32")
LOGITS = np.array([[0.2], [0.4], [-1], [2], [0.3], [-0.1], [3], [-2]], "float32")
LOGIT_LABELS = np.array([[1], [1], [0], [1], [1], [0], [0], [0]], "float32")
# Above 0.5 in float32; float16 keeps steps of 0.0005 there, bfloat16 of 0.004.
NEAR = np.array([[0.5001], [0.501], [0.51], [0.5002], [0.503], [0.4999]], "float32")
NEAR_LABELS = np.array([[1], [1], [1], [1], [1], [0]], "float32")


def numbers(found):
    return {
        name: "%.4f" % float(np.asarray(value))
        for name, value in found.items()
        if "loss" not in name
    }


def built(shape, masked=False, outputs=1):
    came = keras.layers.Input(shape=shape)
    value = keras.layers.Masking(0.0)(came) if masked else came
    gave = [
        keras.layers.Activation("linear", name="out" + "_ab"[n + 1 : n + 2])(value)
        for n in range(outputs)
    ]
    return keras.models.Model(inputs=came, outputs=gave if outputs > 1 else gave[0])


def clear():
    if tf.__version__[0] != "1":
        keras.backend.clear_session()


def evaluated(y_true, y_pred, compiled=None, called=None, weighted=False, policy=None, **model):
    clear()
    if policy is not None:
        use(policy)
    net = built(y_pred.shape[1:], **model)
    asked = {"optimizer": "sgd", "loss": "binary_crossentropy"}
    asked["weighted_metrics" if weighted else "metrics"] = ["accuracy"]
    asked.update(compiled or {})
    net.compile(**asked)
    if RELEASE.startswith("keras-3"):
        return numbers(net.evaluate(y_pred, y_true, verbose=0, return_dict=True, **(called or {})))
    values = net.evaluate(y_pred, y_true, verbose=0, **(called or {}))
    values = values if isinstance(values, list) else [values]
    return numbers(dict(zip(net.metrics_names, values)))


def fitted(class_weight, weighted):
    """An epoch whose step has the length 0: what `fit` prints."""
    clear()
    came = keras.layers.Input(shape=(1,))
    net = keras.models.Model(came, keras.layers.Dense(1, kernel_initializer="ones")(came))
    net.compile(
        optimizer=keras.optimizers.SGD(0.0),
        loss="binary_crossentropy",
        **{"weighted_metrics" if weighted else "metrics": ["accuracy"]},
    )
    run = net.fit(RIGHT, LABELS, epochs=1, verbose=0, shuffle=False, class_weight=class_weight)
    return numbers({name: values[-1] for name, values in run.history.items()})


def use(policy):
    """Let every layer compute in a policy, the last too."""
    if hasattr(keras.mixed_precision, "set_global_policy"):
        keras.mixed_precision.set_global_policy(policy)
    else:
        keras.mixed_precision.experimental.set_policy(policy)


def with_policy(policy):
    try:
        return evaluated(NEAR_LABELS, NEAR, policy=policy)
    finally:
        use("float32")


def crossentropy(**options):
    return {"loss": keras.losses.BinaryCrossentropy(**options)}


def smoothed(labels):
    return labels * 0.8 + 0.1


LOSS_OF_TWO = {"loss": ["binary_crossentropy", "binary_crossentropy"]}
TWO = [LABELS, 1 - LABELS]
CLASSES = {0: 1.0, 1: 5.0}


def weighted_steps(weighted, weights=STEP_WEIGHTS, **model):
    called = {"sample_weight": weights}
    try:
        mode = {"sample_weight_mode": "temporal"}
        return evaluated(STEP_LABELS, STEPS, mode, called, weighted, **model)
    except Exception:
        return evaluated(STEP_LABELS, STEPS, None, called, weighted, **model)


CASES = {
    "mask": (
        lambda: evaluated(STEP_LABELS, STEPS),
        lambda: evaluated(STEP_LABELS, STEPS, masked=True),
    ),
    "mask, weighted": (
        lambda: weighted_steps(True, np.ones((4, 2), "float32")),
        lambda: weighted_steps(True, np.ones((4, 2), "float32"), masked=True),
    ),
    "class_weight": (lambda: fitted(None, False), lambda: fitted(CLASSES, False)),
    "class_weight, weighted": (lambda: fitted(None, True), lambda: fitted(CLASSES, True)),
    "sample_weight_mode": (
        lambda: evaluated(STEP_LABELS, STEPS),
        lambda: weighted_steps(False),
    ),
    "sample_weight_mode, weighted": (
        lambda: evaluated(STEP_LABELS, STEPS, weighted=True),
        lambda: weighted_steps(True),
    ),
    "outputs": (
        lambda: evaluated(LABELS, RIGHT),
        lambda: evaluated(TWO, RIGHT, LOSS_OF_TWO, outputs=2),
    ),
    "outputs, list of lists": (
        lambda: evaluated(LABELS, RIGHT),
        lambda: evaluated(
            TWO, RIGHT, dict(LOSS_OF_TWO, metrics=[["accuracy"], ["accuracy"]]), outputs=2
        ),
    ),
    "from_logits": (
        lambda: evaluated(LOGIT_LABELS, LOGITS, crossentropy()),
        lambda: evaluated(LOGIT_LABELS, LOGITS, crossentropy(from_logits=True)),
    ),
    "from_logits, after a sigmoid": (
        lambda: evaluated(LOGIT_LABELS, LOGITS, crossentropy(from_logits=True)),
        lambda: evaluated(LOGIT_LABELS, 1 / (1 + np.exp(-LOGITS)), crossentropy()),
    ),
    "label_smoothing": (
        lambda: evaluated(LABELS, RIGHT, crossentropy()),
        lambda: evaluated(LABELS, RIGHT, crossentropy(label_smoothing=0.2)),
    ),
    "label_smoothing, by hand": (
        lambda: evaluated(LABELS, RIGHT, crossentropy()),
        lambda: evaluated(smoothed(LABELS), RIGHT, crossentropy()),
    ),
    "run_eagerly": (
        lambda: evaluated(LABELS, RIGHT),
        lambda: evaluated(LABELS, RIGHT, {"run_eagerly": True}),
    ),
    "mixed_float16": (lambda: evaluated(NEAR_LABELS, NEAR), lambda: with_policy("mixed_float16")),
    "mixed_bfloat16": (lambda: evaluated(NEAR_LABELS, NEAR), lambda: with_policy("mixed_bfloat16")),
}


def answer(name, side, ask):
    try:
        if tf.__version__[0] != "1":
            return ask()
        with tf.Graph().as_default(), tf.Session() as session:
            keras.backend.set_session(session)
            return ask()
    except Exception as error:
        print(name, side, repr(error)[:300], flush=True)
        return "refused"


def main(out):
    written = {
        "release": RELEASE,
        "python": platform.python_version(),
        "tensorflow": tf.__version__,
        "settings": {
            name: {
                "without": answer(name, "without", without),
                "with": answer(name, "with", having),
            }
            for name, (without, having) in CASES.items()
        },
    }
    with open(out, "w", encoding="utf-8") as file:
        json.dump(written, file)


if __name__ == "__main__":
    main(sys.argv[2])
