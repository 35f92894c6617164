"""Files that are known and not opened, with the lines that convert them."""

from __future__ import annotations

from collections.abc import Sequence

from metrics_core.errors import InputError
from metrics_core.messages import Message

UNPACK: Message = Message("Unpack it first.")
UNPACK_ONE: Message = Message("Unpack the archive and upload one of its files.")
OUTPUTS: Message = Message("Upload the outputs of a model, not its inputs.")
OPEN_AND_SAVE: Message = Message("Open it in a spreadsheet program and save the table as CSV.")
_PYTORCH = (
    Message("a PyTorch file, which is a pickle and can run code when it is opened"),
    Message(
        "Convert it in Python: `saved = torch.load(path, map_location='cpu')`, then "
        "`np.savez('outputs.npz', y_true=saved['labels'].numpy(), "
        "y_pred=saved['outputs'].numpy())`."
    ),
)
_PICKLE = (
    Message("a pickle file, which can run code when it is opened"),
    Message(
        "Convert it in Python: `saved = pandas.read_pickle(path)`, then "
        "`np.savez('outputs.npz', y_true=saved['y_true'], y_pred=saved['y_pred'])`."
    ),
)
_JOBLIB = (
    Message("a joblib file, which is a pickle and can run code when it is opened"),
    Message(
        "Convert it in Python: `saved = joblib.load(path)`, then "
        "`np.savez('outputs.npz', y_true=saved['y_true'], y_pred=saved['y_pred'])`; of a model "
        "save what `predict_proba` returns."
    ),
)
_KERAS = (
    Message("a Keras model"),
    Message(
        "Save what `model.predict` returns: `model = keras.models.load_model(path)`, then "
        "`np.savez('outputs.npz', y_true=y_test, y_pred=model.predict(x_test))`."
    ),
)
_HDF5 = (
    Message("an HDF5 file"),
    Message(
        "Convert it in Python: `saved = h5py.File(path)`, then "
        "`np.savez('outputs.npz', y_true=saved['y_true'][:], y_pred=saved['y_pred'][:])`."
    ),
)
_MATLAB_73 = (
    Message("a MATLAB file of version 7.3, which is an HDF5 file"),
    Message(
        "Save it in MATLAB as version 7: `load('outputs.mat')`, then "
        "`save('outputs.mat', 'y_true', 'y_pred', '-v7')`."
    ),
)
_INSIDE: tuple[tuple[str, tuple[Message, Message]], ...] = (
    ("data.pkl", _PYTORCH),
    ("model.weights.h5", _KERAS),
    ("config.json", _KERAS),
    (
        "[Content_Types].xml",
        (Message("an office document"), Message("Open it and save the sheet as CSV.")),
    ),
    ("mimetype", (Message("an office document"), Message("Open it and save the sheet as CSV."))),
)
_TORCH_MAGIC = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19."
_ZLIB = (b"\x78\x01", b"\x78\x9c", b"\x78\xda")
_LOOK = 65_536


def foreign_file(name: str, kind: Message, hint: Message) -> InputError:
    """The refusal of a file by what it is.

    Examples
    --------
    >>> print(foreign_file("a.gz", Message("a gzip file"), UNPACK).received)
    a gzip file
    """
    return InputError(
        name,
        "must be CSV, TSV, JSON, JSON Lines, Excel, Parquet, Arrow, NPY, NPZ or MATLAB",
        kind,
        hint,
    )


def inside(titles: Sequence[str]) -> tuple[Message, Message] | None:
    """What a zip with these parts is, and how to convert it; None where it is not known.

    Examples
    --------
    >>> print(inside(["archive/data.pkl", "archive/version"])[0])
    a PyTorch file, which is a pickle and can run code when it is opened
    """
    for part, words in _INSIDE:
        if any(part in title for title in titles):
            return words
    return None


def saved_objects(data: bytes) -> tuple[Message, Message] | None:
    """What a file of saved Python or HDF5 objects is, and how to convert it; else None.

    Examples
    --------
    >>> print(saved_objects(b"\\x80\\x04\\x95")[0])
    a pickle file, which can run code when it is opened
    """
    start = data[:_LOOK]
    if start.startswith(b"\x89HDF\r\n\x1a\n"):
        is_model = b"model_config" in data or b"keras_version" in data or b"layer_names" in data
        return _KERAS if is_model else _HDF5
    if start.startswith(b"MATLAB 7.3"):
        return _MATLAB_73
    if start.startswith(_TORCH_MAGIC) or (start[:1] == b"\x80" and b"torch._utils" in start):
        return _PYTORCH
    if start[:1] == b"\x80" and start[1:2] <= b"\x05":
        return _JOBLIB if b"joblib" in start or b"sklearn" in start else _PICKLE
    return _JOBLIB if start.startswith(_ZLIB) else None
