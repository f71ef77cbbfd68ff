"""方案导入: a plan's document goes in, is gone through row by row, and enters the books whole."""

import streamlit as st

from dashboard.posting.import_reading import documents
from dashboard.settings import current
from dashboard.widgets.desk import engine
from dashboard.widgets.door import at_the_door
from dashboard.widgets.import_about import about_form
from dashboard.widgets.import_compare import comparing
from dashboard.widgets.import_course import Course, course_of
from dashboard.widgets.import_list import answer, document_list, follow_upload, uploading
from dashboard.widgets.import_parts import (
    ABOUT,
    COMPARE,
    POST,
    ROWS,
    part_of,
    parts,
    sentence,
    ways,
)
from dashboard.widgets.import_parts import answer as answer_of
from dashboard.widgets.import_post import posting
from dashboard.widgets.import_stage import going_through

PARTS = {ABOUT: about_form, ROWS: going_through, POST: posting, COMPARE: comparing}


def one(at: Course) -> None:
    """A document that was opened."""
    sentence(answer_of(at))
    ways(at)
    now = part_of(at)
    parts(at, now)
    PARTS[now](at)


follow_upload()
who, books = at_the_door(engine()), engine()
st.title("方案导入", anchor=False)
course = course_of(books, who) if who else None
if course is not None:
    one(course)
elif who is not None:
    held = documents(books)
    sentence(answer(held))
    uploading(books, who, current(), held)
    document_list(held)
