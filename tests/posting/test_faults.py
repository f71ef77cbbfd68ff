"""Personal data stay out; no sentence of a real plan is taken for them."""

import csv
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import ProblemCategory, ProblemSource
from dashboard.posting.faults import faults_of
from dashboard.posting.persons import personal_data

FOLDER = Path(
    os.environ.get("GUATU_PLANS") or Path(__file__).resolve().parents[3] / "shared" / "plans"
)
DATA = Path(__file__).resolve().parents[2] / "data" / "plans"
HEAD, BIRTH, TAIL = "370829", "19900307", "001"  # put together here, so that none stands in a file


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}{BIRTH}{TAIL}2",
        f"{HEAD}{BIRTH}{TAIL}X",
        f"{HEAD}{BIRTH}{TAIL}x",
        f"张某{HEAD}{BIRTH}{TAIL}2已登记",
        f"{HEAD} {BIRTH} {TAIL}2",
        f"{HEAD}  {BIRTH[:4]} {BIRTH[4:]} {TAIL} X",
        f"{HEAD}-{BIRTH}-{TAIL}2",
        f"{HEAD}\u3000{BIRTH}\u3000{TAIL}2",
        "３７０８２９１９９００３０７００１２",
        f"{HEAD}{BIRTH[2:]}{TAIL}",
        f"{HEAD}.{BIRTH}.{TAIL}2",
        f"{HEAD}\u200b{BIRTH}\u200b{TAIL}2",
        f"{HEAD}\ufe0f{BIRTH}\u3164{TAIL}2",
    ],
)
def test_identity_numbers_are_seen(text: str) -> None:
    assert personal_data(text) == "疑似含有身份证号"


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "电话138 1234 5678",
        "138-1234-5678",
        "１３８１２３４５６７８",
        "联系 19912345678。",
        "+8613812345678",
        "0086 138 1234 5678",
        "138.1234.5678",
        "138\u200b1234\u200b5678",
        "138\ufeff12345678",
        "138\ufe0f1234\u28005678",
    ],
)
def test_mobile_numbers_are_seen(text: str) -> None:
    assert personal_data(text) == "疑似含有手机号码"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2023年9月22日建成13处",
        "嘉政办字〔2023〕10号",
        "0537-6821234",
        "12356心理援助热线24小时开通",
        "370829001",
        "统一社会信用代码12370829MB2861234K",
        "2023-07-31、2023-10-31",
        "300 300 200",
        "投入1380000000元",
        "编号202309220000000001",
    ],
)
def test_what_is_no_personal_data_passes(text: str) -> None:
    assert personal_data(text) is None


@pytest.mark.parametrize("sign", ["\0", "\x0b", "\x1b", "\x7f", "\ud800", "\u202e", "\u2066"])
def test_signs_that_nothing_can_show_or_that_turn_the_text_are_refused(sign: str) -> None:
    said = [fault.message for fault in faults_of(_problem(f"人员{sign}不足"))]
    assert said == ["含有不能显示的字符，请删去后重新填写"]


@pytest.mark.parametrize("text", ["第一行\n第二行", "一\t二", "😀👨‍👩‍👧", "=1+1", "长" * 2000])
def test_lines_and_rare_signs_are_text_like_any_other(text: str) -> None:
    assert list(faults_of(_problem(text))) == []


def _problem(description: str) -> r.Problem:
    return r.Problem(
        code="P000001",
        description=description,
        source=ProblemSource.TOWN,
        category=ProblemCategory.STAFF,
        unit="u",
        found_on=date(2023, 9, 20),
        closing_standard="配齐",
    )


NAMED = (
    "患者张伟",
    "患者：李娜，已建档",
    "患者李小明因病住院",
    "来访者欧阳明",
    "求助者王强，男",
    "病人刘建国已出院",
    "患者姓名：赵丽",
    "患者（陈静）随访",
    "患者于海波随访3次",
    "患者高秀英，女",
    "患者叫孙芳",
    "病员吴 磊，男",
    "患者“周敏”",
    "患者黄丽华复诊",
    "精神障碍患者刘德福病情稳定",
    "患者康健民，58岁",
    "患者白雪",
    "患者任建国在册",
    "患者张伟在社区康复",
)
UNNAMED = (
    *("患者张某", "患者某", "患者张某某因病", "患者王××", "求助者王女士", "病人刘大爷"),
    *("患者高风险人群", "患者康复训练", "患者安全", "患者管理服务", "患者和家属", "患者于门诊就诊"),
    *("患者向东部转诊", "患者关爱帮扶", "患者严重程度", "患者黄疸", "患者陈述病情", "患者应急处置"),
    *("患者唐氏综合征", "患者张口困难", "患者孙女陪同", "患者马上转诊", "患者周期性随访"),
    *(
        "患者全部建档",
        "患者平均年龄",
        "来访者何时预约",
        "患者李庄村随访",
        "患者付费",
        "患者焦虑抑郁",
    ),
    *(
        "患者申请救助",
        "患者成功转诊",
        "患者常见问题",
        "患者姓名不得录入",
        "患者明确诊断",
        "患者江河",
    ),
    *("张伟到会", "王强镇长", "患者人数为张榜公布数", "患者　李庄社区3人"),
)
WORDS = ("患者", "病人", "来访者", "求助者", "病员")
SURNAMES = "王李张刘陈杨赵吴徐孙朱郭梁宋邓曹彭蔡潘袁"
SIGNS = "伟芳敏静丽强磊军洋勇艳杰涛超霞桂英玉兰梅玲燕辉鹏飞鑫波宇浩健俊"


@pytest.mark.parametrize("text", NAMED)
def test_a_named_patient_is_seen(text: str) -> None:
    assert personal_data(text) == "疑似写有患者姓名"


@pytest.mark.parametrize("text", UNNAMED)
def test_a_patient_without_a_name_passes(text: str) -> None:
    assert personal_data(text) is None


@given(
    before=st.sampled_from(["", "本周走访", "经评估，", "3名"]),
    word=st.sampled_from(WORDS),
    link=st.sampled_from(["", "：", "姓名：", "（", "“", "叫"]),
    surname=st.sampled_from(SURNAMES),
    given_name=st.text(SIGNS, min_size=1, max_size=2),
    after=st.sampled_from(["", "，男", "。", "）", "因病住院", "已出院", "3次"]),
)
def test_any_common_name_after_the_word_is_seen(
    before: str, word: str, link: str, surname: str, given_name: str, after: str
) -> None:
    assert personal_data(f"{before}{word}{link}{surname}{given_name}{after}") == "疑似写有患者姓名"
    assert personal_data(f"{before}{word}{link}{surname}某{after}") is None
    assert personal_data(f"{before}{surname}{given_name}{after}") is None


@st.composite
def identity_numbers(draw: st.DrawFn) -> str:
    """Numbers of 18 and of 15 digits, spaced in any way, in narrow or full-width signs."""
    gaps = [draw(st.sampled_from(["", " ", "-", "\u3000", "  "])) for _ in range(3)]
    born = draw(st.dates(date(1920, 1, 1), date(2020, 12, 31)))
    head, order = draw(st.integers(110000, 659999)), f"{draw(st.integers(0, 999)):03d}"
    if draw(st.booleans()):
        number = f"{head}{gaps[0]}{born:%y%m%d}{gaps[1]}{order}"
    else:
        last = draw(st.sampled_from("0123456789Xx"))
        number = f"{head}{gaps[0]}{born:%Y%m%d}{gaps[1]}{order}{gaps[2]}{last}"
    if draw(st.booleans()):
        number = "".join(chr(ord(sign) + 0xFEE0) if sign.isalnum() else sign for sign in number)
    return number


@given(identity_numbers(), st.sampled_from(["{}", "号码{}。", "（{}）", "已登记{}人"]))
def test_any_identity_number_is_seen_however_it_is_written(number: str, around: str) -> None:
    assert personal_data(around.format(number)) == "疑似含有身份证号"
    assert personal_data(around.format(number), of_contact=True) == "疑似含有身份证号"


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_any_mobile_number_is_seen_but_where_it_belongs(number: str) -> None:
    assert personal_data(f"联系{number}。") == "疑似含有手机号码"
    assert personal_data(number, of_contact=True) is None


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("telephone", "138" + "12345678", None),
        ("name", "张伟 138" + "12345678", None),
        ("note", "138" + "12345678", "疑似含有手机号码，本系统只存汇总数，请删去后再保存"),
        (
            "telephone",
            f"{HEAD}{BIRTH}{TAIL}2",
            "疑似含有身份证号，本系统只存汇总数，请删去后再保存",
        ),
        (
            "note",
            "患者张伟",
            "疑似写有患者姓名，本系统不记个人情况，请改写为“患者某”或“张某”后再保存",
        ),
    ],
)
def test_a_contact_may_have_a_telephone_and_nothing_else_of_a_person(
    field: str, value: str, message: str | None
) -> None:
    contact = replace(r.Contact(code="c", unit="u", post="联络岗"), **{field: value})  # type: ignore[arg-type]
    assert [fault.message for fault in faults_of(contact)] == ([message] if message else [])


def test_no_text_of_the_shipped_plans_is_taken_for_personal_data() -> None:
    texts = list(shipped_texts())
    assert len(texts) > 500
    assert [text for text in texts if personal_data(text)] == []


def shipped_texts() -> Iterator[str]:
    """Every cell of every ledger that comes with the product."""
    for path in sorted(DATA.rglob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.reader(lines):
                yield from row
    yield from (line for path in DATA.rglob("*.toml") for line in path.read_text("utf-8").split())


def test_no_line_of_a_printed_plan_is_taken_for_personal_data() -> None:
    """The printed plans are no part of the checkout: without them the shipped ones must do."""
    printed = sorted(FOLDER.glob("*.txt")) if FOLDER.is_dir() else []
    lines = [line for plan in printed for line in plan.read_text(encoding="utf-8").splitlines()]
    for text in (*lines, *shipped_texts()):
        assert personal_data(text) is None, text


@pytest.mark.parametrize("blank", ["\u200b", "\u2800\u2800", "\u3164", " \ufe0f", "\u2060\u00ad"])
def test_a_text_of_which_nothing_is_seen_is_no_reason(blank: str) -> None:
    filing = r.Filing(
        code="F",
        line="l",
        round="2023-W38",
        received_at=datetime(2023, 9, 20, tzinfo=UTC),
        reason=blank,
    )
    (fault,) = faults_of(filing)
    assert (fault.field, fault.message) == ("reason", "不能只有空格，请填写或留空")
