"""The papers of 督办: 提醒函 as a letter, 督办单 and the others as forms of the office's own.

None of them is a 法定文种: a 提醒函 takes the layout of a letter (GB/T 9704 10.1), the others are
forms. They say what stood in the register when they were issued, and never what the light is now.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import HandlingAct, SupervisionKind
from dashboard.papers.model import (
    TO_BE_NUMBERED,
    Block,
    Column,
    Fact,
    Grid,
    Paper,
    Paragraph,
    Shape,
    Words,
)
from dashboard.papers.phrases import PhraseError, filled
from dashboard.rules.calendar import Month
from dashboard.rules.handling import steps_of
from dashboard.rules.judgement import Judgement
from dashboard.settings import Settings

KIND = "supervision"
"""The kind of paper in the keys of phrases."""
Phrases = Mapping[str, str]
_COLUMNS = (Column("项目", 1.0), Column("内容", 4.2))


def demand_of(kind: SupervisionKind, due_on: date, office: str, phrases: Phrases) -> str:
    """The usual 办理要求 of a step, as the office's wording has it; "" for what has none."""
    phrase = phrases.get(f"{KIND}.{kind.value}_demand", "")
    facts = {
        "办结时限": Fact("办结时限", "办结时限", wording.full_day(due_on)),
        "办公室": Fact("办公室", "专班办公室", office),
    }
    try:
        return "".join(run.text for run in filled(phrase, facts))
    except PhraseError:
        return ""


def register_words(given: r.Supervision) -> str:
    """2023年第3号, the 登记序号 of its kind; it is no 文号."""
    return f"{given.year}年第{given.number}号"


def supervision_paper(
    given: r.Supervision, judgement: Judgement, settings: Settings, phrases: Phrases
) -> Paper:
    """The paper of one step, as it was issued; `phrases` are those in force."""
    books = judgement.books
    if given.kind is SupervisionKind.LETTER:
        return _letter(given, books, settings, phrases)
    return _form(given, books, phrases)


def _letter(given: r.Supervision, books: Books, settings: Settings, phrases: Phrases) -> Paper:
    unit = books.get(r.Unit, given.unit)
    task = books.find(r.Task, given.task)
    facts = _facts(given, books)
    title = phrases[f"{KIND}.letter_title" if task else f"{KIND}.letter_title_plain"]
    said = given.reason.replace(f"由{unit.name}", "你单位", 1)
    paragraphs = [
        Paragraph((Words(said, "事由"),), "reason"),
        Paragraph((Words(given.demand, "办理要求"),), "demand"),
        Paragraph(filled(phrases[f"{KIND}.letter_end"], facts), "letter_end"),
    ]
    return Paper(
        shape=Shape.LETTER,
        title="".join(run.text for run in filled(title, facts)),
        blocks=tuple(paragraphs),
        issuer=books.plan.office,
        number=TO_BE_NUMBERED,
        register=f"登记序号：{register_words(given)}",
        to=unit.name,
        signed=books.plan.office,
        dated=given.issued_on,
        is_draft=books.plan.office != settings.office.name,
        is_practice=_is_practice(given, books),
        facts=tuple(facts.values()),
    )


def _form(given: r.Supervision, books: Books, phrases: Phrases) -> Paper:
    blocks: tuple[Block, ...] = (Grid(_COLUMNS, tuple(_rows(given, books))),)
    return Paper(
        shape=Shape.FORM,
        title=phrases[f"{KIND}.{given.kind.value}_title"],
        blocks=blocks,
        issuer=books.plan.office,
        register=f"登记序号：{register_words(given)}",
        dated=given.issued_on,
        is_practice=_is_practice(given, books),
        facts=tuple(_facts(given, books).values()),
    )


def _rows(given: r.Supervision, books: Books) -> Iterator[tuple[str, str]]:
    """What a form says, line by line; what does not apply has no line."""
    task = books.find(r.Task, given.task)
    is_veto = given.kind is SupervisionKind.VETO
    yield "涉及单位" if is_veto else "承办单位", books.get(r.Unit, given.unit).name
    if task is not None:
        yield "关联任务", f"{task.clause}　{task.title}"
    if given.month:
        yield "通报月份", Month.parse(given.month).name
    yield "事由", given.reason
    if given.basis:
        yield "依据", given.basis
    yield "决定内容" if is_veto else "办理要求", given.demand
    if given.due_on:
        yield "办结时限", wording.full_day(given.due_on)
    yield "签发", f"{given.issued_by}　{wording.full_day(given.issued_on)}"
    if not is_veto:
        yield _ANSWERS.get(given.kind, "办理情况反馈"), _answered(given, books)
        yield "办结意见", _closed(given, books)


_ANSWERS = {SupervisionKind.TALK: "约谈记录和整改承诺", SupervisionKind.NAMING: "整改情况反馈"}


def _answered(given: r.Supervision, books: Books) -> str:
    """Every answer with its date, oldest first; room to write where there is none yet."""
    told = []
    for each in steps_of(books, given):
        if each.act is HandlingAct.ANSWERED:
            expected = each.expected_on
            until = f"预计{wording.full_day(expected)}完成。" if expected else ""
            told.append(f"{each.text or ''}{until}（{each.by_post}，{_on(each)}）")
    return "\n".join(told)


def _closed(given: r.Supervision, books: Books) -> str:
    ends = (HandlingAct.CLOSED, HandlingAct.WITHDRAWN)
    last = next(reversed(steps_of(books, given)), None)
    if last is None or last.act not in ends:
        return ""
    said = last.text or f"同意{last.act.label}"
    return f"{said}（{last.by_post}，{_on(last)}）"


def _on(step: r.HandlingStep) -> str:
    return wording.full_day(step.done_on)


def _is_practice(given: r.Supervision, books: Books) -> bool:
    return given.is_practice or books.has_practice


def _facts(given: r.Supervision, books: Books) -> dict[str, Fact]:
    """What the paper states, each with the way to where it is held."""
    task = books.find(r.Task, given.task)
    of_task = f"/task?code={task.code}" if task else None
    row = f"/record?ledger=supervision&code={given.code}"
    due = wording.full_day(given.due_on) if given.due_on else wording.BLANK
    told = (
        ("事项", "关联任务", task.title if task else wording.BLANK, of_task),
        ("事由", "发出事由", given.reason, of_task or row),
        ("办理要求", "办理要求", given.demand, row),
        ("办结时限", "办结时限", due, row),
        ("登记序号", "登记序号", register_words(given), row),
    )
    return {key: Fact(key, label, text, address) for key, label, text, address in told}
