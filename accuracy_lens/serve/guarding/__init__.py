"""Who may ask: names of hosts, proxies that are believed, pages that may hold a frame."""
