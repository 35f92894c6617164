"""The Keras that a script is to run, on one processor and in silence: ``tf`` or ``keras``.

The first argument of the script says which; ``keras`` runs on TensorFlow. Works with Python 3.7.
"""

from __future__ import annotations

import os
import sys
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_NUM_INTEROP_THREADS"] = os.environ["TF_NUM_INTRAOP_THREADS"] = "1"
warnings.filterwarnings("ignore")

import tensorflow as tf

if sys.argv[1] == "tf":
    keras, RELEASE = tf.keras, "tf.keras-" + tf.__version__
else:
    import keras

    RELEASE = "keras-" + keras.__version__

__all__ = ["RELEASE", "keras", "tf"]
