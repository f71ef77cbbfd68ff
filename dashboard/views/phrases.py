"""文书用语: the sentences of which documents are made, in the office's own words where it likes."""

import streamlit as st

from dashboard.papers.phrases import phrases_in_force
from dashboard.papers.shipped import shipped_phrases
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import desk
from dashboard.widgets.heading import heading, section
from dashboard.widgets.phrase_parts import KINDS, kind_of, phrase_form, phrase_table

at = desk()
shipped = shipped_phrases(at.settings.phrases_folder)
in_force = phrases_in_force(at.books, shipped)
own = [key for key, each in shipped.items() if in_force[key] != each.text]
heading(
    at,
    "文书用语",
    f"共{len(shipped)}条用语，办公室改过{len(own)}条。大括号里的数据项由系统按账填写。",
)
kinds = list(dict.fromkeys(kind_of(key) for key in shipped))
left, right = st.columns([1, 3])
with left:
    kind = choice("文书", kinds, "kind", lambda name: KINDS.get(name, name))
here = {key: each for key, each in shipped.items() if kind_of(key) == kind}
with right:
    chosen = choice(
        "修改哪一条",
        list(here),
        "phrase",
        lambda key: here[key].title,
        everything="请选择",
    )
if chosen is not None:
    section(here[chosen].title)
    phrase_form(at, here[chosen], in_force[chosen])
section("全部用语", "按在文书中出现的先后排列")
phrase_table(at, list(here.values()), in_force)
