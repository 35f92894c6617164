"""Behind a proxy: whose word about the address of a visitor is believed."""

from __future__ import annotations

import ipaddress
import os

from metrics_core.errors import InputError

PROXY = "ACCURACY_LENS_PROXY"
"""Lists the addresses of proxies that say in ``X-Forwarded-For`` who asks, or networks of them."""


def trusted_proxies() -> tuple[str, ...]:
    """The addresses and networks that `ACCURACY_LENS_PROXY` lists; none by default.

    Raises
    ------
    InputError
        For what is neither.

    Examples
    --------
    >>> trusted_proxies()
    ()
    """
    listed = tuple(os.environ.get(PROXY, "").replace(",", " ").split())
    for address in listed:
        try:
            ipaddress.ip_network(address)
        except ValueError:
            raise InputError(
                PROXY,
                "must list addresses or networks of proxies, with blanks between them",
                address,
                "Write each as 10.0.0.5 or 10.0.0.0/24.",
            ) from None
    return listed
