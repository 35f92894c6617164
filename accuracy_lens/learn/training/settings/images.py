"""The visitor's images for training: NPZ in the shape of CIFAR-10, read in a child process."""

from __future__ import annotations

import struct
import tokenize
import zipfile
import zlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.lib.npyio import NpzFile
from streamlit.runtime.uploaded_file_manager import UploadedFile

from accuracy_lens.frame.upload.dropping import delete_bytes
from accuracy_lens.jobs import parsing
from accuracy_lens.jobs.folders import folder_of_job
from accuracy_lens.jobs.workers import Workers
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.feedback import attempt, plain
from accuracy_lens.words.text import say
from metrics_core.errors import InputError
from metrics_core.live_keras import Dataset, RunSettings, dataset, effort, from_npz, train
from metrics_core.messages import Message
from metrics_core.numeric.digest import digest_of
from metrics_core.reading.limits import LIMITS, Limits, check_size, malformed, shorten

NAMES = ("x_train", "y_train", "x_test", "y_test")
_ZIP = b"PK"
_FILE = "images.npz"
_BROKEN = (
    ArithmeticError, AttributeError, EOFError, LookupError, NotImplementedError, OSError,
    RuntimeError, SyntaxError, tokenize.TokenError, TypeError, ValueError, struct.error,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip


def own_images() -> Dataset | None:
    """The visitor's images, where a file was read."""
    kept: Dataset | None = VISITOR.own_images
    return kept


def pick_file() -> None:
    """The uploader, or what was read and a way to remove it."""
    kept = own_images()
    if kept is not None:
        line = say(
            "Training images: {train:,}, validation images: {val:,}, classes: {classes}",
            train=len(kept.x_train),
            val=len(kept.x_val),
            classes=kept.n_classes,
        )
        st.caption(plain(line))
        for note in kept.notes:
            st.caption(plain(say(note)))
        st.button(say("Remove images"), key="remove_images", on_click=_remove)
        return
    turn = VISITOR.images_turn
    file = st.file_uploader(
        say("Images in the shape of CIFAR-10 (NPZ with x_train, y_train, x_test and y_test)"),
        type=["npz"],
        key=f"images-{turn}",
        max_upload_size=LIMITS.max_bytes // 2**20,
    )
    if file is None:
        if VISITOR.images_refused:
            st.error(plain(VISITOR.images_refused))
        return
    with st.spinner(say("Reading the file")):
        refusal = attempt(lambda: _keep(file))
    delete_bytes(file.file_id)
    VISITOR.images_turn, VISITOR.images_refused = turn + 1, refusal
    st.rerun()


def _keep(file: UploadedFile) -> None:
    VISITOR.own_images = read_images(file.getvalue(), file.name)


def _remove() -> None:
    VISITOR.own_images = None


def read_images(data: bytes, name: str, workers: Workers | None = None) -> Dataset:
    """Read an NPZ file of images in a child process.

    Raises
    ------
    InputError
        For a file that cannot be used, or takes more time or memory than is set aside.
    """
    check_size(shorten(name), len(data), LIMITS)
    if not data.startswith(_ZIP):
        raise malformed(shorten(name), "NPZ", Message("another kind of file"))
    with folder_of_job() as folder:
        (folder / _FILE).write_bytes(data)
        read: Dataset = parsing.run_on(_load, folder, shorten(name), named=name, workers=workers)
        return read


def _load(folder: str, name: str, _: Limits) -> Dataset:
    return load_images(Path(folder) / _FILE, name)


def load_images(path: Path, name: str) -> Dataset:
    """Open the file; only for a child process with limits."""
    try:
        with path.open("rb") as file:
            opened = np.load(file, allow_pickle=False)
            if not isinstance(opened, NpzFile):
                raise malformed(name, "NPZ", Message("a single array"))
            with opened as arrays:
                wanted = {key: arrays[key] for key in NAMES if key in arrays}
    except InputError:
        raise
    except _BROKEN:
        raise malformed(name, "NPZ", Message("an unreadable part")) from None
    return from_npz(wanted)


def job_for(images: Dataset | None) -> Callable[..., None]:
    """What a run is to do: train, on the visitor's images where there are any."""
    return train if images is None else partial(train, data=images)


def keys_for(settings: Sequence[RunSettings], images: Dataset | None) -> list[tuple[object, ...]]:
    """All that the reports of each run depend on; images by their numbers, not by their file.

    Examples
    --------
    >>> keys_for([RunSettings()], None) == keys_for([RunSettings(epochs=10)], None)
    True
    """
    digest = None
    if images is not None:
        arrays = (images.x_train, images.y_train, images.x_val, images.y_val)
        digest = digest_of(arrays, images.class_names, images.image_shape, images.highest)
    return [(each, digest) for each in settings]


def work_for(settings: Sequence[RunSettings], images: Dataset | None) -> list[float]:
    """How much there is to do in each run."""
    return [
        effort(each, images or dataset(each.dataset, each.seed, each.kept)) for each in settings
    ]
