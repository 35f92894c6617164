"""The lines that save what the page reads, for the library that a visitor uses."""

from __future__ import annotations

import streamlit as st

_KERAS = """import numpy as np

y_pred = model.predict(x_test)
np.savez("outputs.npz", y_true=y_test, y_pred=y_pred)
"""
_TORCH = """import numpy as np

y_pred = model.eval()(x_test).detach().numpy()
np.savez("outputs.npz", y_true=y_test.numpy(), y_pred=y_pred)
"""
_SKLEARN = """import numpy as np

y_pred = classifier.predict_proba(x_test)
np.savez("outputs.npz", y_true=y_test, y_pred=y_pred, class_names=classifier.classes_)
"""
SAVING = {"Keras": _KERAS, "PyTorch": _TORCH, "scikit-learn": _SKLEARN}
"""By the name of a library."""


def show_saving() -> None:
    """Draw the lines, one library at a time."""
    for tab, code in zip(st.tabs(list(SAVING)), SAVING.values(), strict=True):
        tab.code(code, language="python", wrap_lines=True)
