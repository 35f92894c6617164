"""Lessons: each asks before it shows; the answer is locked in before what is true is seen."""

from accuracy_lens.learn.lessons import visit
from accuracy_lens.learn.lessons.listing import show_list
from accuracy_lens.learn.lessons.steps import show_lesson

visit.begin()
lesson = visit.here()
if lesson is None:
    show_list()
else:
    show_lesson(lesson)
visit.remember()
