"""What visitors who left have behind them goes, also while nobody new comes."""

from __future__ import annotations

import asyncio
import gc
from typing import Any

from streamlit.runtime import get_instance

from accuracy_lens.serve import process

LOOK_SECONDS = 20.0


async def forget_who_left() -> None:
    """Let go of visits that cannot be taken up again, for as long as the server runs.

    Streamlit keeps a visit for two minutes after its browser has gone, and looks for those that
    are older when another one ends. They refer to themselves, so only a full collection frees
    them; it is short, since all that was loaded at the start is spared.
    """
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        forget(get_instance()._session_mgr._session_storage._cache)  # type: ignore[attr-defined]  # noqa: SLF001


def forget(visits: Any) -> int:
    """End the visits whose time is over, and free what they had; how many there were."""
    over = [visit for _, visit in visits.expire()]
    n = len(over)
    while over:
        over.pop().session.shutdown()
    if n:
        gc.collect()
        process.give_back_memory()
    return n
