"""Run the installed Keras and write what metrics print that are compiled beside accuracy.

Run by hand, once in an environment for each release, from the root of the project:

    python tools/beside/record.py tf answers.json      # tf.keras
    python tools/beside/record.py keras answers.json   # Keras 3 on TensorFlow

`join.py` puts the answers of all of them into one file for the tests. Every case is a real
``model.compile`` and ``model.evaluate`` on a processor, run eagerly where the release can, as a
graph is built anew for each case otherwise; data sets that are named after the file are run as
graphs, to compare. An answer is a number, a list of numbers, ``"refused"`` where the release raised
an error, or ``"missing"`` where it has no such metric or argument. Works with Python 3.7 and later.
"""

from __future__ import annotations

import json
import platform
import re
import sys
import time

import numpy as np
from cases import data_sets
from installed import RELEASE, keras, tf

ONLY = sys.argv[3:]
EAGER = not ONLY and tf.__version__[0] != "1"


class Missing(Exception):
    """The release has no such metric, or the metric no such argument."""


def model_of(y_pred):
    came = keras.layers.Input(shape=y_pred.shape[1:])
    gave = keras.layers.Activation("linear", name="out")(came)
    return keras.models.Model(inputs=came, outputs=gave)


def metric_of(asked, number):
    name, options = asked
    if not hasattr(keras.metrics, name):
        raise Missing
    try:
        return getattr(keras.metrics, name)(name="m{}".format(number), **options)
    except TypeError:
        raise Missing from None


def plain(value):
    value = np.asarray(value, "float64")
    if value.ndim:
        return [plain(each) for each in value]
    return "nan" if np.isnan(value) else float("%.9g" % value)


def evaluated(data, numbers=(), string=None):
    """The numbers by the name under which they are reported."""
    keras.backend.clear_session()
    if tf.__version__[0] != "1":
        return evaluated_in_session(data, numbers, string)
    with tf.Graph().as_default(), tf.Session() as session:
        keras.backend.set_session(session)
        return evaluated_in_session(data, numbers, string)


def evaluated_in_session(data, numbers, string):
    model = model_of(data["y_pred"])
    metrics = ["accuracy", *(metric_of(data["metrics"][number], number) for number in numbers)]
    metrics += [] if string is None else [string]
    weights = data["weights"]
    where = "metrics" if weights is None else "weighted_metrics"
    sparse = data["y_pred"].shape[-1] > 1 and data["y_true"].shape != data["y_pred"].shape
    loss = "sparse_categorical_crossentropy" if sparse else "mse"
    asked = {"run_eagerly": True} if EAGER else {}
    model.compile(optimizer="sgd", loss=loss, **dict(asked, **{where: metrics}))
    options = {} if weights is None else {"sample_weight": weights}
    asked = {"batch_size": data["batch_size"], "verbose": 0}
    if RELEASE.startswith("keras-3"):
        found = model.evaluate(data["y_pred"], data["y_true"], return_dict=True, **asked, **options)
        return {name: plain(value) for name, value in found.items()}
    values = model.evaluate(data["y_pred"], data["y_true"], **asked, **options)
    values = values if isinstance(values, list) else [values]
    return dict(zip(model.metrics_names, map(plain, values)))


def together(data, numbers):
    """Answers of many metrics by number; halves are asked where the whole is refused."""
    try:
        found = evaluated(data, numbers)
        del found["loss"]
        names = {name: re.fullmatch(r"(?:weighted_)?m(\d+)", name) for name in found}
        return {
            int(names[name].group(1)) if names[name] else "accuracy": value
            for name, value in found.items()
        }
    except Exception as error:
        if len(numbers) == 1:
            print(data["name"], data["metrics"][numbers[0]], repr(error)[:150], flush=True)
            return {numbers[0]: "refused"}
        if not numbers:
            print(data["name"], "accuracy", repr(error)[:150], flush=True)
            return {"accuracy": "refused"}
    middle = len(numbers) // 2
    found = together(data, numbers[:middle])
    found.update(together(data, numbers[middle:]))
    return found


def by_string(data, string):
    try:
        found = evaluated(data, string=string)
        found = {name: value for name, value in found.items() if name != "loss"}
        rest = [name for name in found if "acc" not in name]
        return {"name": rest[0], "value": found[rest[0]]}
    except Exception as error:
        print(data["name"], string, repr(error)[:150], flush=True)
        return "refused"


def main(out):
    answers = {}
    for data in data_sets():
        if ONLY and data["name"] not in ONLY:
            continue
        numbers, known = range(len(data["metrics"])), []
        found = {}
        for number in numbers:
            try:
                metric_of(data["metrics"][number], number)
                known.append(number)
            except Missing:
                found[number] = "missing"
            except Exception:
                found[number] = "refused"
        found.update(together(data, known))
        answers[data["name"]] = {
            "accuracy": found["accuracy"]
            if "accuracy" in found
            else together(data, [])["accuracy"],
            "metrics": [found[number] for number in numbers],
            "strings": {each: by_string(data, each) for each in data["strings"]},
        }
        print(data["name"], time.process_time(), flush=True)
    written = {
        "release": RELEASE,
        "python": platform.python_version(),
        "tensorflow": tf.__version__,
        "answers": answers,
    }
    with open(out, "w", encoding="utf-8") as file:
        json.dump(written, file)


if __name__ == "__main__":
    main(sys.argv[2])
