"""What `accuracy` means in two releases, on the data in view."""

from __future__ import annotations

from accuracy_lens.view.caches import session_cache
from metrics_core.errors import InputError
from metrics_core.predictions import Predictions
from metrics_core.releases import KerasRefusal, find_release, for_predictions
from metrics_core.releases.rules.release import USUAL_LOSS


def variant_of(data: Predictions, release: str) -> str:
    """The variant that a release computes under the name accuracy, with the usual loss.

    Raises
    ------
    InputError
        Where the release refuses these data, or its accuracy is no row of the catalogue.
    """
    found = _variant_of(data.digest, release, data)
    if found is None:
        raise InputError(
            "release",
            "must compute an accuracy of these data",
            find_release(release).title,
            "Choose another release; the page “Which accuracy?” says what each one prints.",
        )
    return found


@session_cache(entries=8)
def _variant_of(digest: str, release: str, _data: Predictions) -> str | None:
    few = _data.only(slice(0, 64))
    try:
        return for_predictions(few, release=release, loss=USUAL_LOSS[_data.kind]).variant
    except KerasRefusal:
        return None
