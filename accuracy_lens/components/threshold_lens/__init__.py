"""The threshold lens: drawn in `lens`; its stops, without streamlit, in `grid` and `ladder`."""
