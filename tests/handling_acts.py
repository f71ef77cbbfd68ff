"""What is handed to units, at every stage, and each act that may be taken, for tests of rights."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from sqlalchemy import Engine

from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.posting import handling, supervising
from dashboard.posting.handling import Step
from dashboard.posting.supervising import Order
from tests.books import ISSUED

LATER = date(2099, 1, 4)
_OPEN = r.Directive(
    code="D-open",
    matter="落实场所",
    source=t.DirectiveSource.DISPATCH,
    unit="u",
    issued_on=ISSUED,
    due_on=LATER,
)
_SLIP = r.Supervision(
    code="V-open",
    kind=t.SupervisionKind.LETTER,
    year=ISSUED.year,
    number=1,
    unit="u",
    reason="进展缓慢",
    demand="请加快推进",
    issued_on=ISSUED,
    issued_by="专班办公室",
    due_on=LATER,
)
ROWS: tuple[r.Record, ...] = (
    _OPEN,
    replace(_OPEN, code="D-other", unit="v"),
    replace(_OPEN, code="D-answered", state=t.DirectiveState.ANSWERED, answer="已办"),
    replace(_OPEN, code="D-closed", state=t.DirectiveState.CLOSED, closed_on=ISSUED),
    replace(
        _OPEN,
        code="D-secret",
        source=t.DirectiveSource.LEADER,
        register_no="〔2023〕9号",
        state=t.DirectiveState.ANSWERED,
    ),
    _SLIP,
    replace(_SLIP, code="V-other", number=2, unit="v"),
    replace(_SLIP, code="V-answered", number=3, state=t.SupervisionState.ANSWERED),
    replace(_SLIP, code="V-closed", number=4, state=t.SupervisionState.CLOSED),
)
ORDER = Order(
    kind=t.SupervisionKind.ORDER,
    unit="u",
    reason="逾期未完成",
    demand="请限期办结",
    due_on=LATER,
    by_post="专班办公室主任",
)
VETO = replace(ORDER, kind=t.SupervisionKind.VETO, basis="县委〔2023〕1号", due_on=None)

Act = Callable[[Engine, Viewer], object]
Row = tuple[str, Right, set[str], Act]


def _row(name: str, right: Right, code: str, unit: str = "u") -> Row:
    ledger = "supervision" if code.startswith("V") else "directive"
    step = Step(ledger=ledger, code=code, text="已办", by_post="某岗位")
    do = getattr(handling, name)

    def act(engine: Engine, viewer: Viewer, step: Step = step) -> object:
        return do(engine, viewer, "p", step)

    return name, right, {unit}, partial(act)


ACTS: dict[str, Row] = {
    "反馈本单位交办事项": _row("answer", Right.ANSWER, "D-open"),
    "反馈他单位交办事项": _row("answer", Right.ANSWER, "D-other", "v"),
    "反馈本单位督办": _row("answer", Right.ANSWER, "V-open"),
    "反馈他单位督办": _row("answer", Right.ANSWER, "V-other", "v"),
    "退回交办事项": _row("send_back", Right.DIRECT, "D-answered"),
    "退回批示办理事项": _row("send_back", Right.REGISTER_INSTRUCTION, "D-secret"),
    "退回督办": _row("send_back", Right.SUPERVISE, "V-answered"),
    "办结交办事项": _row("close_matter", Right.DIRECT, "D-answered"),
    "办结批示办理事项": _row("close_matter", Right.REGISTER_INSTRUCTION, "D-secret"),
    "办结督办": _row("close_matter", Right.SUPERVISE, "V-answered"),
    "重新办理交办事项": _row("reopen", Right.DIRECT, "D-closed"),
    "重新办理督办": _row("reopen", Right.SUPERVISE, "V-closed"),
    "撤回交办事项": _row("withdraw", Right.DIRECT, "D-open"),
    "撤回督办": _row("withdraw", Right.SUPERVISE, "V-open"),
    "发出督办单": (
        "issue",
        Right.SUPERVISE,
        set(),
        lambda e, v: supervising.issue(e, v, "p", ORDER),
    ),
    "登记一票否决": (
        "record_veto",
        Right.SUPERVISE,
        set(),
        lambda e, v: supervising.record_veto(e, v, "p", VETO),
    ),
}
"""Each act: the function it calls, the right it takes, whose matter it is."""
