"""Areas and losses over every element of every row."""

from __future__ import annotations

from dataclasses import replace

from metrics_core.messages import Message
from metrics_core.reverse.recipes.metrics.areas import KERAS_AUC, KERAS_AUC_PR
from metrics_core.reverse.recipes.metrics.losses import LOG_LOSS
from metrics_core.reverse.recipes.metrics.metric import Metric

_FLAT = (
    "w = np.repeat(w, y_pred.shape[1])",
    "y_true, y_pred = y_true.reshape(-1), y_pred.reshape(-1)",
)


def of_elements(metric: Metric) -> Metric:
    """The same metric over every element of every row, as one sample each.

    Examples
    --------
    >>> str(of_elements(KERAS_AUC).title)
    'AUC of Keras with 200 thresholds, micro (every output by itself)'
    """
    library: tuple[str, ...] = ()
    if metric in (KERAS_AUC, KERAS_AUC_PR):
        library = metric.library
    elif metric is LOG_LOSS:
        library = (*metric.library[:3], "result = float(metric(y_true, y_pred{weight}))")
    return replace(
        metric,
        name=f"{metric.name}_micro",
        title=Message("{metric}, micro (every output by itself)", {"metric": metric.title}),
        labels="elements",
        numpy=(*_FLAT, *metric.numpy),
        library=library,
    )
