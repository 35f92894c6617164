"""The metrics that people compile beside accuracy, as each release counts them."""
