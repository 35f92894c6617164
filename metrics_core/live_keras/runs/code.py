"""The Keras program of a run, as one would type it."""

from __future__ import annotations

from metrics_core.live_keras.datasets import Dataset, dataset
from metrics_core.live_keras.images import OWN
from metrics_core.live_keras.runs.choices import LOSS_CLASSES, OPTIMIZER_CLASSES
from metrics_core.live_keras.runs.measures import CUSTOM, CUSTOM_CODE, measure
from metrics_core.live_keras.runs.settings import RunSettings

_WIDTH = 100


def training_code(settings: RunSettings, data: Dataset | None = None) -> str:
    """Write the program; run by itself it gives the numbers of `train`.

    Parameters
    ----------
    settings : RunSettings
        All of them are followed.
    data : Dataset, optional
        The visitor's images, for their highest value and number of classes; the program then reads
        ``images.npz``.

    Returns
    -------
    str
        Python code that needs Keras, TensorFlow, numpy and this package for the data. It leaves
        the epochs in ``history.history`` and the outputs for the validation set in ``y_pred``.

    Examples
    --------
    >>> print(training_code(RunSettings()).splitlines()[-1])
    y_pred = model.predict(x_val, batch_size=4096)
    """
    own = settings.dataset == OWN
    known = data if data is not None else None if own else dataset(settings.dataset)
    classes = settings.output_units if known is None else known.n_classes
    head = ["import keras"]
    if settings.shuffled != "none" or settings.class_weight != "none" or own:
        head.append("import numpy as np")
    head += [
        "import tensorflow as tf",
        "",
        f"from metrics_core.live_keras import {'from_npz' if own else 'dataset'}",
        "",
        f"keras.utils.set_random_seed({settings.seed})",
        "tf.config.experimental.enable_op_determinism()",
        "",
    ]
    custom = [*CUSTOM_CODE.splitlines(), ""] if CUSTOM in settings.metrics else []
    parts = [
        *head,
        *(["", *custom, ""] if custom else []),
        *_data(settings, own),
        *_scaled(settings, 255 if known is None else known.highest),
        *_labels(settings, classes),
        "",
        *_model(settings),
        *_compile(settings),
        *_fit(settings),
        "y_pred = model.predict(x_val, batch_size=4096)",
    ]
    return "\n".join(parts)


def _data(settings: RunSettings, own: bool) -> list[str]:
    if own:
        return ['data = from_npz(np.load("images.npz"))']
    kept = "" if settings.kept == 1 else f", kept={settings.kept!r}"
    return [f'data = dataset("{settings.dataset}", seed={settings.seed}{kept})']


def _scaled(settings: RunSettings, highest: int | None) -> list[str]:
    names = ("x_train", "x_val")
    if settings.scale == "as_they_come":
        return [f'{name} = data.{name}.astype("float32")' for name in names]
    times = "" if settings.scale == "unit" else " * 255"
    if highest is not None:
        return [f'{name} = data.{name}.astype("float32") / {highest}{times}' for name in names]
    return [
        "low, high = data.x_train.min(axis=0), data.x_train.max(axis=0)",
        *(f"{name} = (data.{name} - low) / (high - low){times}" for name in names),
    ]


def _labels(settings: RunSettings, classes: int) -> list[str]:
    lines = ["y_train, y_val = data.y_train, data.y_val"]
    if settings.shuffled != "none":
        name = "y_train" if settings.shuffled == "training" else "y_val"
        lines.append(f"{name} = np.random.default_rng({settings.seed}).permutation({name})")
    if settings.class_weight == "balanced":
        lines += [
            "counts = np.bincount(y_train)",
            "class_weight = {c: len(y_train) / (len(counts) * n) for c, n in enumerate(counts)}",
        ]
    forms = {"one_hot": f"keras.utils.to_categorical({{}}, {classes})", "signs": "2 * {} - 1"}
    form = forms.get(settings.label_form)
    if form is not None:
        lines += [f"{name} = {form.format(name)}" for name in ("y_train", "y_val")]
    return lines


def _model(settings: RunSettings) -> list[str]:
    lines = ["model = keras.Sequential()", "model.add(keras.Input(x_train.shape[1:]))"]
    for units in settings.hidden:
        lines.append(
            f'model.add(keras.layers.Dense({units}, activation="{settings.hidden_activation}"))'
        )
        if settings.batch_norm:
            lines.append("model.add(keras.layers.BatchNormalization())")
        if settings.dropout:
            lines.append(f"model.add(keras.layers.Dropout({settings.dropout!r}))")
    last = settings.output_activation
    activation = "" if last == "none" else f', activation="{last}"'
    return [*lines, f"model.add(keras.layers.Dense({settings.output_units}{activation}))"]


def _compile(settings: RunSettings) -> list[str]:
    loss = f'"{settings.loss}"'
    if settings.from_logits:
        loss = f"keras.losses.{LOSS_CLASSES[settings.loss]}(from_logits=True)"
    metrics = [measure(name).code for name in settings.metrics]
    typed = [f"    metrics=[{', '.join(metrics)}],"]
    if len(typed[0]) > _WIDTH:
        typed = ["    metrics=[", *(f"        {metric}," for metric in metrics), "    ],"]
    optimizer = OPTIMIZER_CLASSES[settings.optimizer]
    return [
        "model.compile(",
        f"    optimizer=keras.optimizers.{optimizer}(learning_rate={settings.learning_rate!r}),",
        f"    loss={loss},",
        *typed,
        ")",
    ]


def _fit(settings: RunSettings) -> list[str]:
    return [
        "history = model.fit(",
        "    x_train,",
        "    y_train,",
        f"    batch_size={settings.batch_size},",
        f"    epochs={settings.epochs},",
        "    validation_data=(x_val, y_val),",
        *(["    class_weight=class_weight,"] if settings.class_weight != "none" else []),
        ")",
    ]
