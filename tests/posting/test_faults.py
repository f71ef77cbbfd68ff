"""Personal data stay out; no sentence of a real plan is taken for them."""

import os
from pathlib import Path

import pytest

from dashboard.posting.faults import personal_data

FOLDER = Path(
    os.environ.get("GUATU_PLANS") or Path(__file__).resolve().parents[3] / "shared" / "plans"
)
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


def test_no_line_of_a_real_plan_is_taken_for_personal_data() -> None:
    if not FOLDER.is_dir():
        pytest.skip("the printed plans are not beside this checkout and GUATU_PLANS names none")
    plans = sorted(FOLDER.glob("*.txt"))
    assert plans
    for plan in plans:
        for text in plan.read_text(encoding="utf-8").splitlines():
            assert personal_data(text) is None, (plan.name, text)
