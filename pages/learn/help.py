"""Help: the five steps, what each page answers, files, privacy, version."""

import streamlit as st

from accuracy_lens.learn.help import topics

left, right = st.columns(2, gap="large")
with left:
    topics.show_steps()
    topics.show_pages()
    topics.show_version()
with right:
    topics.show_files()
    topics.show_privacy()
