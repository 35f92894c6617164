"""What every Streamlit page costs: one slider and one metric."""

import streamlit as st

threshold = st.slider("Threshold", 0.0, 1.0, 0.5, step=0.005)
st.metric("Value", f"{threshold:.4f}")
