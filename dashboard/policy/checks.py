"""What a person must look at before a draft becomes a ledger, each with its place and cure."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dashboard.policy.clauses import Tree
from dashboard.policy.findings import Deadline, Duty, Problem, Reading, Role, Target
from dashboard.policy.naming import stem
from dashboard.policy.roster import members_of
from dashboard.policy.targets import row_problems
from dashboard.policy.tasks import stated_in


def problems_of(tree: Tree, found: Reading) -> Iterator[Problem]:
    """All problems, in the order of the text."""
    listed = [
        *tree.problems,
        *_without_lead(found),
        *_sums(found),
        *_products(found),
        *_unequal(tree),
        *_undated(found.deadlines),
        *_lost_brackets(tree, found),
        *_members(tree, found),
    ]
    yield from sorted(listed, key=lambda each: (each.span.start, each.code))


def _without_lead(found: Reading) -> Iterator[Problem]:
    """A bracket that names no lead: none is made up."""
    by_task: dict[str | None, list[Duty]] = defaultdict(list)
    for duty in found.duties:
        if duty.is_stated:
            by_task[duty.task].append(duty)
    for duties in by_task.values():
        if not any(duty.role is Role.LEAD for duty in duties):
            message = "原文未明确牵头单位，牵头留空；确有牵头单位的，请由办公室指定。"
            yield Problem("no-lead", message, duties[0].span)


def _sums(found: Reading) -> Iterator[Problem]:
    """Shares by year that do not add up to the total that is printed before them."""
    for place, whole in enumerate(found.targets):
        parts = list(_parts(found.targets, place + 1, whole))
        if len(parts) > 1 and sum(part.value for part in parts) != whole.value:
            told = "、".join(f"{part.value:g}" for part in parts)
            message = (
                f"分年数{told}合计{sum(part.value for part in parts):g}{whole.unit}，"
                f"与总数{whole.value:g}{whole.unit}不符，请核对原文后确定。"
            )
            yield Problem("sum-mismatch", message, whole.span)


def _parts(targets: Sequence[Target], place: int, whole: Target) -> Iterator[Target]:
    """The shares by year that stand right behind a total."""
    if whole.per is not None or whole.unit in ("%", "‰", "万分之"):
        return
    for each in (targets[number] for number in range(place, len(targets))):
        is_share = each.per is not None and each.per[:2] == "20" and each.unit == whole.unit
        if not is_share or each.clause != whole.clause:
            return
        yield each


def _products(found: Reading) -> Iterator[Problem]:
    """Totals and what each host has (10个，每个县、区2个) tell of as many hosts everywhere."""
    hosts: dict[str, float] = {}
    for whole, each, scope in _shared_out(found):
        number = whole.value / each.value
        held = hosts.setdefault(scope, number)
        if number == int(number) == held:
            continue
        told = f"{whole.value:g}{whole.unit}按“{scope}{each.as_printed}”推得{number:g}个"
        other = f"，别处推得{held:g}个" if number != held else ""
        yield Problem("product-mismatch", f"{told}{other}，请核对原文。", whole.span)


def _shared_out(found: Reading) -> Iterator[tuple[Target, Target, str]]:
    """Totals whose bracket says what each host has, with the words for the hosts."""
    for whole, each in pairwise(found.targets):
        between = found.text[whole.span.end : each.span.start]
        opened = re.fullmatch(
            r"[（(]\s*(每[^，。；（）()]{1,15}?|各[^，。；（）()]{1,15}?)", between
        )
        if opened and whole.unit == each.unit and each.value and whole.clause == each.clause:
            yield whole, each, re.sub(r"\s", "", opened[1])


def _unequal(tree: Tree) -> Iterator[Problem]:
    for node in tree.walk():
        for line in node.own:
            if "\t" not in line.text:
                yield from row_problems(line)


def _undated(deadlines: Sequence[Deadline]) -> Iterator[Problem]:
    """A date whose year is not printed and cannot be told."""
    for each in deadlines:
        if each.recurrence == "once" and each.due_on is None:
            message = (
                f"“{each.as_printed}”没有写明年份，文中也没有成文日期可以推定，请填写具体日期。"
            )
            yield Problem("date-unclear", message, each.span)


def _lost_brackets(tree: Tree, found: Reading) -> Iterator[Problem]:
    """Who is responsible is stated at a place that is no task."""
    known = {duty.span.start for duty in found.duties}
    for node in tree.walk():
        for line in node.own:
            for stated in stated_in(line):
                first = line.span(stated.shares[0].unit.start, stated.shares[0].unit.end)
                if first.start not in known:
                    message = "这里写明了责任单位，但没有对应到任务，请核对。"
                    yield Problem("duty-without-task", message, stated.span)


def _members(tree: Tree, found: Reading) -> Iterator[Problem]:
    """Bodies that bear duties and sit in no member list, and the reverse: a list to look at."""
    members = members_of(tree)
    if not members or not found.duties:
        return
    bearing = [body for body in found.units if body.kind != "集合"]
    known = {stem(name) for name in members}
    absent = [
        body.name for body in bearing if not {stem(n) for n in (body.name, *body.aliases)} & known
    ]
    borne = {stem(name) for body in bearing for name in (body.name, *body.aliases)}
    idle = list(dict.fromkeys(name for name in members if stem(name) not in borne))
    span = found.duties[0].span
    if absent:
        message = f"以下单位承担责任，但不在成员名单中：{'、'.join(absent)}。请核对，不一定有误。"
        yield Problem("not-in-roster", message, span)
    if idle:
        message = f"以下单位在成员名单中，但没有写明责任：{'、'.join(idle)}。请核对，不一定有误。"
        yield Problem("without-duty", message, span)
