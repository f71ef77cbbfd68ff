"""Which files were added to which filings, steps and inspections; snapshots do not hold them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Engine, Select, or_, select

from dashboard.ledgers import records as r
from dashboard.ledgers.database import reading
from dashboard.ledgers.store import FileState, Store
from dashboard.ledgers.tables import TABLES

_FILE, _FILING, _STEP = TABLES["evidence"], TABLES["filing"], TABLES["problem_step"]
_INSPECTION = TABLES["inspection"]
_UNIT, _PLAN = TABLES["unit"], TABLES["plan"]


def evidence_of(
    engine: Engine,
    plan: str,
    as_of: datetime,
    filings: Collection[str] = (),
    steps: Collection[str] = (),
    inspections: Collection[str] = (),
) -> dict[str, tuple[r.Evidence, ...]]:
    """The files known at the instant, by the code of what they belong to, in order of adding."""
    if not (filings or steps or inspections):
        return {}
    wanted = or_(
        _FILING.c.code.in_(filings),
        _STEP.c.code.in_(steps),
        _INSPECTION.c.code.in_(inspections),
    )
    query = _select().where(_PLAN.c.code == plan, _FILE.c.known_at <= as_of, wanted)
    found: dict[str, list[r.Evidence]] = defaultdict(list)
    for each in _rows(engine, query):
        found[each.filing or each.step or each.inspection or ""].append(each)
    return {code: tuple(files) for code, files in found.items()}


def one_evidence(engine: Engine, plan: str, code: str) -> r.Evidence | None:
    """The row of evidence with this code, if there is one."""
    found = _rows(engine, _select().where(_PLAN.c.code == plan, _FILE.c.code == code))
    return found[0] if found else None


def all_evidence(engine: Engine, plan: str) -> tuple[r.Evidence, ...]:
    """Every row of evidence of a plan, in order of adding."""
    return _rows(engine, _select().where(_PLAN.c.code == plan))


def lost_files(engine: Engine, plan: str, store: Store) -> tuple[tuple[r.Evidence, FileState], ...]:
    """The rows of evidence whose file is not in the store as it was filed, and how it is."""
    rows = all_evidence(engine, plan)
    states = {sha256: store.state(sha256) for sha256 in {each.sha256 for each in rows}}
    found = ((each, states[each.sha256]) for each in rows)
    return tuple((each, state) for each, state in found if state is not FileState.WHOLE)


def _select() -> Select[tuple[object, ...]]:
    own = (_FILE.c[name] for name in ("code", "name", "kind", "size", "sha256"))
    marks = (_FILE.c.known_at, _FILE.c.is_practice)
    refs = (
        _UNIT.c.code.label("unit"),
        _FILING.c.code.label("filing"),
        _STEP.c.code.label("step"),
        _INSPECTION.c.code.label("inspection"),
    )
    return (
        select(*own, *marks, *refs)
        .join(_PLAN, _PLAN.c.id == _FILE.c.plan_id)
        .join(_UNIT, _UNIT.c.id == _FILE.c.unit_id)
        .outerjoin(_FILING, _FILING.c.id == _FILE.c.filing_id)
        .outerjoin(_STEP, _STEP.c.id == _FILE.c.step_id)
        .outerjoin(_INSPECTION, _INSPECTION.c.id == _FILE.c.inspection_id)
        .order_by(_FILE.c.id)
    )


def _rows(engine: Engine, query: Select[tuple[object, ...]]) -> tuple[r.Evidence, ...]:
    with reading(engine) as connection:
        return tuple(r.Evidence(**row) for row in connection.execute(query).mappings())
