"""The calls that people make, by library, those met most often first."""

from __future__ import annotations

from metrics_core.kinds import Kind
from metrics_core.libraries.usual.call import Prepared, Usual

_BINARY: tuple[Kind, ...] = ("binary",)
_CLASSES: tuple[Kind, ...] = ("sparse", "one_hot")
_MANY: tuple[Kind, ...] = ("multi_label",)
_INDICES: tuple[Kind, ...] = ("class_indices",)
_ACCURACY = ("sparse_categorical_accuracy", "categorical_accuracy")
_TENSORS = "torch.tensor(y_pred), torch.tensor(y_true).long()"


def _given(options: dict[str, object]) -> str:
    """Arguments as code."""
    written = {"{classes}": "{classes}", "{all}": "range({classes})"}
    return ", ".join(
        f"{name}={written.get(str(value), repr(value).replace(chr(39), chr(34)))}"
        for name, value in options.items()
    )


def _sklearn(
    kinds: tuple[Kind, ...],
    metric: str,
    prepared: Prepared,
    *same_as: str,
    least_classes: int = 2,
    **options: object,
) -> Usual:
    shown = {name: value for name, value in options.items() if name != "labels"}
    given = f", {_given(options)}" if options else ""
    return Usual(
        package="scikit-learn",
        call=f"{metric}({_given(shown)})" if shown else metric,
        kinds=kinds,
        metric=metric,
        options=options,
        prepared=prepared,
        code=f"from sklearn.metrics import {metric}\n\n"
        f"print({metric}(y_true, {{pred}}{given}{{weight}}))",
        weighted=True,
        least_classes=least_classes,
        same_as=same_as,
    )


def _torchmetrics(
    kinds: tuple[Kind, ...],
    metric: str,
    options: dict[str, object],
    *same_as: str,
    least_classes: int = 2,
) -> Usual:
    shown = {name: value for name, value in options.items() if value != "{classes}"}
    module = "torchmetrics" if metric == "Accuracy" else "torchmetrics.classification"
    return Usual(
        package="torchmetrics",
        call=f"{metric}({_given(shown)})",
        kinds=kinds,
        metric=metric,
        options=options,
        code=f"import torch\nfrom {module} import {metric}\n\n"
        f"metric = {metric}({_given(options)})\nprint(metric({_TENSORS}))",
        least_classes=least_classes,
        same_as=same_as,
    )


_NUMBER: dict[str, object] = {"num_classes": "{classes}"}
_TASK: dict[str, object] = {"task": "multiclass", **_NUMBER}
_SCIKIT_LEARN = (
    _sklearn(_BINARY, "accuracy_score", "above", "binary_accuracy"),
    _sklearn(_CLASSES, "accuracy_score", "highest", *_ACCURACY),
    _sklearn(_MANY, "accuracy_score", "above", "subset_accuracy"),
    _sklearn(_INDICES, "accuracy_score", "as_is", "accuracy"),
    _sklearn(_BINARY, "balanced_accuracy_score", "above", "balanced_accuracy"),
    _sklearn(_CLASSES, "balanced_accuracy_score", "highest", "balanced_accuracy"),
    _sklearn(_INDICES, "balanced_accuracy_score", "as_is", "balanced_accuracy"),
    _sklearn(_BINARY, "balanced_accuracy_score", "above", adjusted=True),
    _sklearn(_CLASSES, "balanced_accuracy_score", "highest", adjusted=True),
    _sklearn(_INDICES, "balanced_accuracy_score", "as_is", adjusted=True),
    *(
        _sklearn(
            _CLASSES, "top_k_accuracy_score", "as_is", least_classes=k + 1, k=k, labels="{all}"
        )
        for k in (2, 3, 5)
    ),
)
_LABELS: dict[str, object] = {"num_labels": "{classes}"}
_TORCHMETRICS = (
    _torchmetrics(_BINARY, "Accuracy", {"task": "binary"}),
    _torchmetrics(_BINARY, "Accuracy", {}),
    _torchmetrics(_CLASSES, "Accuracy", _TASK, *_ACCURACY),
    _torchmetrics(_CLASSES, "Accuracy", _NUMBER, *_ACCURACY),
    _torchmetrics(_CLASSES, "MulticlassAccuracy", _NUMBER),
    _torchmetrics(_CLASSES, "Accuracy", {**_NUMBER, "average": "macro"}),
    *(
        _torchmetrics(_CLASSES, "Accuracy", {**task, "top_k": k}, least_classes=k + 1)
        for k in (2, 3, 5)
        for task in (_TASK, {})
    ),
    _torchmetrics(_MANY, "Accuracy", {"task": "multilabel", **_LABELS}),
    _torchmetrics(_MANY, "MultilabelExactMatch", _LABELS),
    _torchmetrics(_MANY, "Accuracy", {}),
    _torchmetrics(_MANY, "Accuracy", {"subset_accuracy": True}),
    _torchmetrics(_INDICES, "Accuracy", _TASK, "accuracy"),
    _torchmetrics(_INDICES, "Accuracy", {}, "accuracy"),
    _torchmetrics(_INDICES, "MulticlassAccuracy", _NUMBER),
)


def _lightning(kinds: tuple[Kind, ...], metric: str, *same_as: str) -> Usual:
    module = "metrics" if metric == "Accuracy" else "metrics.functional"
    made = "Accuracy()" if metric == "Accuracy" else metric
    return Usual(
        package="pytorch-lightning",
        call=made,
        kinds=kinds,
        metric=metric,
        code=f"import torch\nfrom pytorch_lightning.{module} import {metric}\n\n"
        f"print({made}({_TENSORS}))",
        same_as=same_as,
    )


_LIGHTNING = (
    _lightning(_BINARY, "Accuracy"),
    _lightning(_CLASSES, "Accuracy", *_ACCURACY),
    _lightning(_MANY, "Accuracy"),
    _lightning(_INDICES, "Accuracy", "accuracy"),
    _lightning(_BINARY, "accuracy"),
    _lightning(_CLASSES, "accuracy", *_ACCURACY),
)


def _xgboost(kinds: tuple[Kind, ...], metric: str, objective: str) -> Usual:
    return Usual(
        package="xgboost",
        call=metric,
        kinds=kinds,
        metric=metric,
        options={"num_class": "{classes}"} if metric == "merror" else {"objective": "none"},
        code="import numpy as np\nimport xgboost\n\n"
        "data = xgboost.DMatrix(np.zeros((len(y_true), 1)), y_true, base_margin=y_pred)\n"
        f'params = {{"objective": "{objective}", "base_score": 0.5, "eval_metric": "{metric}"'
        + (', "num_class": {classes}' if metric == "merror" else "")
        + "}\nprint(xgboost.train(params, data, num_boost_round=0).eval(data))",
        weighted=False,
    )


def _lightgbm(kinds: tuple[Kind, ...], metric: str, params: str) -> Usual:
    return Usual(
        package="lightgbm",
        call=metric,
        kinds=kinds,
        metric=metric,
        options={"num_class": "{classes}"} if metric == "multi_error" else {},
        code="import lightgbm\nimport numpy as np\n\n"
        "rows = np.arange(len(y_true))[:, None]\n"
        "data = lightgbm.Dataset(rows, y_true, init_score=y_pred)\n"
        f'params = {{"metric": "{metric}", {params}}}\n'
        "print(lightgbm.Booster(params, data).eval_train())",
    )


_CATBOOST = (
    "from catboost.utils import eval_metric\n\n"
    'print(eval_metric(y_true, y_pred, "Accuracy"{weight})[0])'
)
_IGNITE = (
    "import torch\nfrom ignite.metrics import Accuracy\n\n"
    "metric = Accuracy({given})\n"
    "metric.update((torch.tensor({pred}), torch.tensor(y_true).long()))\n"
    "print(metric.compute())"
)
_FASTAI = "import torch\nfrom fastai.metrics import {metric}\n\n" + f"print({{metric}}({_TENSORS}))"


def _ignite(kinds: tuple[Kind, ...], prepared: Prepared, *same_as: str) -> Usual:
    many: dict[str, object] = {"is_multilabel": True} if kinds == _MANY else {}
    given = _given(many)
    return Usual(
        package="pytorch-ignite",
        call=f"Accuracy({given})",
        kinds=kinds,
        metric="Accuracy",
        options=many,
        prepared=prepared,
        code=_IGNITE.replace("{given}", given),
        same_as=same_as,
    )


def _fastai(kinds: tuple[Kind, ...], metric: str, *same_as: str) -> Usual:
    return Usual(
        package="fastai",
        call=metric,
        kinds=kinds,
        metric=metric,
        code=_FASTAI.replace("{metric}", metric),
        same_as=same_as,
    )


_JAX = {
    "flax": "import jax.numpy as jnp\nfrom flax import nnx\n\n"
    "metric = nnx.metrics.Accuracy({given})\n"
    "metric.update(logits=jnp.array(y_pred), labels=jnp.array(y_true, int))\n"
    "print(metric.compute())",
    "clu": "import jax.numpy as jnp\nfrom clu.metrics import Accuracy\n\n"
    "logits, labels = jnp.array(y_pred), jnp.array(y_true, int)\n"
    "print(Accuracy.from_model_output(logits=logits, labels=labels).compute())",
}
_DOCUMENTED = {
    "evaluate": "import evaluate\n\n"
    'metric = evaluate.load("accuracy")\n'
    "print(metric.compute(references=y_true, predictions={pred}))",
    "pyspark": "from pyspark.ml.evaluation import MulticlassClassificationEvaluator\n\n"
    "rows = zip(y_true.astype(float).tolist(), {pred}.astype(float).tolist())\n"
    'frame = spark.createDataFrame(rows, ["label", "prediction"])\n'
    'evaluator = MulticlassClassificationEvaluator(metricName="accuracy")\n'
    "print(evaluator.evaluate(frame))",
}


def _jax(kinds: tuple[Kind, ...], package: str, given: str) -> Usual:
    return Usual(
        package=package,
        call=f"Accuracy({given})",
        kinds=kinds,
        metric="Accuracy",
        options={"threshold": 0.5} if given else {},
        code=_JAX[package].replace("{given}", given),
        same_as=() if given else _ACCURACY,
    )


def _documented(kinds: tuple[Kind, ...], package: str, prepared: Prepared, *same_as: str) -> Usual:
    return Usual(
        package=package,
        call="accuracy",
        kinds=kinds,
        metric="accuracy",
        prepared=prepared,
        code=_DOCUMENTED[package],
        same_as=same_as,
    )


_OTHERS = (
    _xgboost(_BINARY, "error", "reg:squarederror"),
    _xgboost(_CLASSES, "merror", "multi:softprob"),
    _lightgbm(_BINARY, "binary_error", '"objective": "none"'),
    _lightgbm(_CLASSES, "multi_error", '"objective": "multiclass", "num_class": {classes}'),
    Usual(
        package="catboost",
        call="Accuracy",
        kinds=(*_BINARY, *_CLASSES),
        metric="Accuracy",
        code=_CATBOOST.replace("{weight}", ""),
    ),
    _ignite(_BINARY, "rounded", "binary_accuracy_rounded"),
    _ignite(_CLASSES, "as_is", *_ACCURACY),
    _ignite(_MANY, "rounded"),
    _jax(_BINARY, "flax", "threshold=0.5"),
    _jax(_CLASSES, "flax", ""),
    _jax(_CLASSES, "clu", ""),
    _documented(_BINARY, "evaluate", "above", "binary_accuracy"),
    _documented(_CLASSES, "evaluate", "highest", *_ACCURACY),
    _documented(_BINARY, "pyspark", "above", "binary_accuracy"),
    _documented(_CLASSES, "pyspark", "highest", *_ACCURACY),
    _fastai(_CLASSES, "accuracy", *_ACCURACY),
    _fastai(_BINARY, "accuracy_multi"),
    _fastai(_MANY, "accuracy_multi"),
)

USUAL = (*_SCIKIT_LEARN, *_TORCHMETRICS, *_LIGHTNING, *_OTHERS)
"""Every call, in the order in which people meet them."""
