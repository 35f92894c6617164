"""The documentation of the rules, one module per family; `docs/findings.md` is made from it."""
