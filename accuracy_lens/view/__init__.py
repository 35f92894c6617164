"""The state of one visitor: controls, settings made from them, caches, links."""
