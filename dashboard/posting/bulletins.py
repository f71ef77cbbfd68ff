"""Issuing the 月通报: frozen with the next 登记序号 of its year, never changed afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Engine

from dashboard import wording
from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.archive import issues_in
from dashboard.papers.bulletin import Head, draft, outline_of
from dashboard.papers.model import frozen, seal_of
from dashboard.papers.outline import Correction
from dashboard.posting.entry import Entry, entry
from dashboard.posting.faults import Fault, RefusedError, fault_in_words
from dashboard.posting.month_reading import MonthRead, read_month_in
from dashboard.posting.signature import Signature
from dashboard.rules.calendar import shanghai_day
from dashboard.settings import Settings

_TOLD = 3
"""A refusal names so many of the places that wait for a word."""
_AHEAD = timedelta(days=31)
"""A bulletin is dated so far ahead at most; a mistyped year would take another year's number."""


@dataclass(frozen=True)
class Amends:
    """The code of the issue that a new one corrects, and why."""

    corrects: str
    reason: str


def register_name(issue: r.Bulletin) -> str:
    """How an issue is called: 2023年第9期."""
    return f"{issue.year}年第{issue.number}期"


def issue_bulletin(
    engine: Engine, viewer: Viewer, plan: str, month: str, head: Head, settings: Settings
) -> str:
    """Freeze a month's bulletin and give it the next 登记序号; returns its code.

    The figures are as of the month's cut, read as known at this moment. Raises RefusedError
    before the cut, while a naming waits for a word, and where the month has an issue already.
    """
    with entry(engine, plan, Signature(viewer, Right.PUBLISH, "印发月通报")) as opened:
        desk = _Desk.open(opened, plan, month, settings)
        if standing := desk.issue_of_month:
            message = f"本月通报已印发（{register_name(standing)}），需要改动的请印发更正通报"
            raise _refused(month, message)
        return desk.freeze(head, None)


def correct_bulletin(
    engine: Engine,
    viewer: Viewer,
    plan: str,
    amends: Amends,
    head: Head,
    settings: Settings,
) -> str:
    """Issue the bulletin of the same month anew, naming the issue that it corrects and why.

    The old issue stays as it is. Raises RefusedError without a reason and for an issue that has
    been corrected already.
    """
    corrects, reason = amends.corrects, amends.reason.strip()
    if not reason:
        raise _refused(corrects, "请写明更正原因")
    with entry(engine, plan, Signature(viewer, Right.PUBLISH, "印发更正通报")) as opened:
        held = issues_in(opened.connection, plan, opened.known_at)
        old = next((each for each in held if each.code == corrects), None)
        if old is None:
            raise _refused(corrects, "没有这一期通报，请刷新后再看")
        if later := next((each for each in held if each.corrects == corrects), None):
            raise _refused(corrects, f"这一期已由{register_name(later)}更正，请更正最近的一期")
        desk = _Desk.open(opened, plan, old.month, settings)
        return desk.freeze(head, Correction(old, reason))


@dataclass(frozen=True)
class _Desk:
    """A month and the issues so far, within the posting that makes one more."""

    opened: Entry
    read: MonthRead
    issues: tuple[r.Bulletin, ...]
    settings: Settings

    @classmethod
    def open(cls, opened: Entry, plan: str, month: str, settings: Settings) -> "_Desk":
        read = read_month_in(opened.connection, plan, month, settings, opened.known_at)
        held = issues_in(opened.connection, plan, opened.known_at)
        return cls(opened, read, held, settings)

    @property
    def month(self) -> str:
        return self.read.month.month.code

    @property
    def issue_of_month(self) -> r.Bulletin | None:
        """The month's last issue."""
        return next((each for each in reversed(self.issues) if each.month == self.month), None)

    def freeze(self, head: Head, correction: Correction | None) -> str:
        """Add the issue's row; returns its code. Raises RefusedError with every fault."""
        day = head.issued_on
        faults = [*self._faults(head, correction)]
        if faults or day is None:
            raise RefusedError(*faults)
        number = 1 + max((e.number for e in self.issues if e.year == day.year), default=0)
        paper = draft(self.read.month, self.read.present, self.settings, head, correction)
        paper = replace(paper, register=f"{day.year}年第{number}期")
        content = frozen(paper)
        code = self.opened.next_code("bulletin", "B")
        issue = r.Bulletin(
            code=code,
            month=self.month,
            year=day.year,
            number=number,
            title=paper.title,
            issuer=head.issuer,
            issued_on=day,
            issued_by=self.opened.by_post,
            figures_to=self.read.month.month.figures_to,
            known_to=self.opened.known_at,
            content=content,
            sha256=seal_of(content),
            corrects=correction.issue.code if correction else None,
            reason=correction.reason if correction else None,
        )
        self.opened.add(issue)
        return code

    def _faults(self, head: Head, correction: Correction | None) -> Iterator[Fault]:
        cut = self.read.month.month.cut_on
        if not self.read.month.is_closed:
            yield _fault(self.month, f"本月数据{wording.full_day(cut)}截止，截止之后才能印发")
        yield from self._head_faults(head, cut)
        asked = outline_of(
            self.read.month, self.read.present, self.settings, head.issued_on, correction
        ).undecided
        if asked:
            told = "；".join(each.text for each in asked[:_TOLD])
            more = f"等{len(asked)}处" if len(asked) > _TOLD else ""
            yield _fault(self.month, f"点名的内容须逐条确认，还没有确认的：{told}{more}")

    def _head_faults(self, head: Head, cut: date) -> Iterator[Fault]:
        if not head.issuer.strip():
            yield _fault(self.month, "请选择或填写制发名义")
        if not head.to.strip():
            yield _fault(self.month, "请填写主送机关")
        if head.issued_on is None:
            yield _fault(self.month, "请填写印发日期")
        elif head.issued_on <= cut:
            yield _fault(self.month, f"印发日期应晚于数据截止日（{wording.full_day(cut)}）")
        elif head.issued_on > (last := shanghai_day(self.opened.known_at) + _AHEAD):
            yield _fault(self.month, f"印发日期应在{wording.full_day(last)}以前，请核对年月")
        for name, said in (("主送机关", head.to), ("抄送机关", head.copied)):
            if said and (wrong := _fault_in_line(said)):
                yield _fault(self.month, f"{name}：{wrong}")


def _fault_in_line(said: str) -> str | None:
    """What keeps words out of a head, which the frozen content alone holds."""
    return "不能换行，请写成一行" if "\n" in said.strip() else fault_in_words(said)


def _fault(code: str, message: str) -> Fault:
    return Fault("bulletin", code, None, message, is_whole=True)


def _refused(code: str, message: str) -> RefusedError:
    return RefusedError(_fault(code, message))
