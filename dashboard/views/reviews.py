"""审核: what waits for the office's word, and who has not filed?"""

from dashboard.widgets.chasing import chase_now, chase_words, chasing, chasing_way
from dashboard.widgets.desk import desk
from dashboard.widgets.heading import heading, section
from dashboard.widgets.review_list import Waiting, answer_of, chosen, nothing_waits, review_list

at = desk()
waiting, how = Waiting(at), chase_now(at)
heading(at, "审核", f"{answer_of(waiting)}{chase_words(how)}")
if how and waiting.looks:
    chasing_way(how)
section("待审核", "按单位顺序排列；通过后计入进展，退回须写明原因")
if waiting.looks:
    review_list(waiting, chosen(waiting))
else:
    nothing_waits(at)
if how:
    chasing(at, how)
