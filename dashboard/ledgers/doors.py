"""Who may enter, who is inside, and what was done: tables beside the ledgers, of no one plan."""

from datetime import datetime

from sqlalchemy import Index, Table
from sqlmodel import Field

from dashboard.ledgers.tables import Ledger, Moment, term_type
from dashboard.ledgers.terms import AccountRole, AuditKind


class Account(Ledger, table=True):
    """A log-in name with its role and post, never a person's name; accounts are only disabled."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    role: AccountRole = Field(sa_type=term_type(AccountRole))
    post: str
    password_hash: str
    password_set_at: datetime = Field(sa_type=Moment)
    must_change: bool = True
    created_at: datetime = Field(sa_type=Moment)
    disabled_at: datetime | None = Field(default=None, sa_type=Moment)


class AccountUnit(Ledger, table=True):
    """A unit for which a liaison's account speaks, by the codes of plan and unit."""

    __tablename__ = "account_unit"

    account_id: int = Field(foreign_key="account.id", primary_key=True)
    plan: str = Field(primary_key=True)
    unit: str = Field(primary_key=True)


class OldPassword(Ledger, table=True):
    """A password's hash that the account used before."""

    __tablename__ = "old_password"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    password_hash: str
    set_at: datetime = Field(sa_type=Moment)


class SignIn(Ledger, table=True):
    """A log-in: the hash of its token, since when, last used, last on the wall, how it ended."""

    __tablename__ = "sign_in"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    created_at: datetime = Field(sa_type=Moment)
    seen_at: datetime = Field(sa_type=Moment)
    wall_seen_at: datetime | None = Field(default=None, sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    address: str | None = None
    browser: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_by: str | None = None
    refused_at: datetime | None = Field(default=None, sa_type=Moment)


class Attempt(Ledger, table=True):
    """Failed log-ins of one account or one address, by the hash of its name."""

    key: str = Field(primary_key=True)
    failures: int
    last_at: datetime = Field(sa_type=Moment)
    locked_until: datetime | None = Field(default=None, sa_type=Moment)


class AuditEvent(Ledger, table=True):
    """Who did what, when and from where; only ever added, each row sealed with the one before."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_at", "at"), Index("ix_audit_event_account", "account"))

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=Moment)
    kind: AuditKind = Field(sa_type=term_type(AuditKind))
    is_ok: bool
    account: str | None = None
    post: str
    address: str | None = None
    plan: str | None = None
    action: str
    detail: str | None = None
    seal: str


class AuditHead(Ledger, table=True):
    """One row: how many events there are and the last seal, so that a cut-off end is noticed.

    It is also what writers on PostgreSQL queue for: every writing transaction locks it first.
    """

    __tablename__ = "audit_head"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    events: int
    seal: str


def _table(name: str) -> Table:
    return Ledger.metadata.tables[name]


ACCOUNTS = _table("account")
ACCOUNT_UNITS = _table("account_unit")
OLD_PASSWORDS = _table("old_password")
SIGN_INS = _table("sign_in")
ATTEMPTS = _table("attempt")
AUDIT_EVENTS = _table("audit_event")
AUDIT_HEAD = _table("audit_head")
