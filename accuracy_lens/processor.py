"""What numpy is told of the processor, before it is imported."""

from __future__ import annotations

import os
import re
import sys
from importlib.metadata import version
from pathlib import Path

from packaging.version import Version

FEATURES = "NPY_DISABLE_CPU_FEATURES"
"""What numpy shall not use; numpy reads it as it is imported."""
_CPU_INFO = Path("/proc/cpuinfo")


def avoid_slow_sort() -> None:
    """Keep numpy, and that of child processes, from AVX-512 on AMD's Zen 4.

    There numpy's sort takes five times as long with it as without: an instruction that every step
    of the sort needs is slow. Exponentials and logarithms, which then take some nanoseconds a
    number longer, weigh less. What the environment says already stays. See
    https://github.com/numpy/x86-simd-sort/issues/6
    """
    if FEATURES in os.environ or "numpy" in sys.modules:
        return
    try:
        text = _CPU_INFO.read_text("utf-8")
    except OSError:  # not Linux
        return
    if is_zen_4(text):
        new = Version(version("numpy")) >= Version("2.4")
        os.environ[FEATURES] = "X86_V4" if new else "AVX512_SKX"


def is_zen_4(cpu_info: str) -> bool:
    """Whether Linux describes one: of AMD's family 25, Zen 4 has AVX-512 and Zen 3 has not.

    Examples
    --------
    >>> zen = "vendor_id : AuthenticAMD\\ncpu family : 25\\nflags : fpu avx2"
    >>> is_zen_4(zen), is_zen_4(f"{zen} avx512f")
    (False, True)
    """
    signs = (r"vendor_id\s*: AuthenticAMD$", r"cpu family\s*: 25$", r"flags\s*:.*\bavx512f\b")
    return all(re.search(f"^{sign}", cpu_info, re.MULTILINE) for sign in signs)
