"""The tables of the store, and how its database is opened."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Boolean,
    Column,
    Engine,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateTable

VARIABLE = "ACCURACY_LENS_STORE"
"""Names a folder, or a PostgreSQL database by its address."""
FILE = "rooms.sqlite"

METADATA = MetaData()
ROOMS = Table(
    "rooms",
    METADATA,
    Column("code", String(6), primary_key=True),
    Column("secret", String(32), nullable=False),
    Column("lesson", String(100), nullable=False),
    Column("content", Text, nullable=False),
    Column("step", String(100), nullable=False),
    Column("phase", String(10), nullable=False),
    Column("round", Integer, nullable=False),
    Column("left", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("ahead", Boolean, nullable=False),
    Column("ends", Float, nullable=False),
)
VOTERS = Table(
    "voters",
    METADATA,
    Column("room", String(6), primary_key=True),
    Column("voter", String(32), primary_key=True),
)
VOTES = Table(
    "votes",
    METADATA,
    Column("room", String(6), primary_key=True),
    Column("step", String(100), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("voter", String(32), primary_key=True),
    Column("answer", Text, nullable=False),
)


def address(named: str | None = None) -> URL:
    """The database that the operator names, else a file in the data folder of the user.

    Where that cannot be written, the file lies in the folder for temporary files.

    Parameters
    ----------
    named : str, optional
        A folder or an address; by default what ``ACCURACY_LENS_STORE`` says.

    Examples
    --------
    >>> str(address("postgresql://teacher@db/rooms"))
    'postgresql+psycopg://teacher@db/rooms'
    """
    named = os.environ.get(VARIABLE, "") if named is None else named
    if "://" in named:
        url = make_url(named)
        return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url
    return URL.create("sqlite", database=str(_folder(named) / FILE))


def _folder(named: str) -> Path:
    if named:
        folder = Path(named).expanduser()
        folder.mkdir(parents=True, exist_ok=True)
        return folder
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    try:
        folder = Path(data) / "accuracy-lens"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except (OSError, RuntimeError):
        pass
    folder = Path(tempfile.gettempdir()) / f"accuracy-lens-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def connect(url: URL) -> Engine:
    """Open the database, with its tables."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": 20}, pool_size=8, max_overflow=24)
        event.listen(engine, "connect", _prepare)
    else:
        engine = create_engine(url, pool_pre_ping=True, pool_size=8, max_overflow=24)
    try:
        _create(engine)
    except DBAPIError:  # another server creates them at this moment
        _create(engine)
    return engine


def _create(engine: Engine) -> None:
    with engine.begin() as connection:
        for table in METADATA.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))


def _prepare(connection: Any, _: object) -> None:
    """Readers do not wait for writers, what was told survives a crash, what is deleted is gone."""
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}").close()
