"""台账维护: the ledgers that the office keeps, to choose a row from or to add one."""

from dashboard.ledgers.shape import TITLES
from dashboard.widgets.desk import desk
from dashboard.widgets.heading import heading
from dashboard.widgets.record_choice import choose_ledger, grid, links, new_address
from dashboard.widgets.table import link

at = desk()
heading(at, "台账维护", "选一本台账，再选一行查看、修改；方案原文不能改写，每次改动都留痕。")
ledger = choose_ledger(at)
links([link(f"新增{TITLES[ledger]}", new_address(at, ledger))])
grid(at, ledger)
