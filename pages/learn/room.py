"""Room: a class takes a lesson together, each on a device of their own; the teacher steers."""

from accuracy_lens.learn.room import entrance, student, teacher, visit
from accuracy_lens.learn.room.database.opened import reached

with reached():
    room = visit.begin()
    if room is None:
        entrance.show()
    elif visit.is_teacher(room.code):
        teacher.show(room)
    else:
        student.show(room)
    visit.remember()
