"""`guatu read`: a document's findings, for a person or as JSON, without touching the books."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard.__main__ import main

PLAN = (
    "某县河湖整治工作方案\n一、重点任务\n（一）清淤。2025年底前清理河道12条。（县水务局牵头，各镇街配合）\n"
    "（二）绿化。种树。（县林业局牵头）\n"
)


def ran(*args: str) -> Result:
    return CliRunner().invoke(main, ["read", *args])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The plan as a text file with the line ends and the mark of another system."""
    path = tmp_path / "方案.txt"
    path.write_bytes(PLAN.replace("\n", "\r\n").encode("utf-8-sig"))
    return path


def test_json_holds_the_parts_that_are_agreed_with_quotes_at_their_places(file: Path) -> None:
    done = ran(str(file), "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert list(told) == [
        *("document", "clauses", "tasks", "responsibilities", "deadlines", "targets"),
        *("units", "problems"),
    ]
    text = file.read_bytes().decode("utf-8-sig")
    for duty in told["responsibilities"]:
        assert text[duty["start"] : duty["end"]] == duty["quote"] == duty["unit"]
    assert {(each["unit"], each["role"]) for each in told["responsibilities"]} == {
        *{("县水务局", "lead"), ("各镇街", "support"), ("县林业局", "lead")},
    }
    assert [(each["due_on"], each["recurrence"]) for each in told["deadlines"]] == [
        ("2025-12-31", "once")
    ]
    (target,) = told["targets"]
    assert (target["value"], target["unit"], target["kind"]) == (12.0, "条", "target")


def test_a_person_reads_tasks_with_who_and_when(file: Path) -> None:
    said = ran(str(file)).stdout
    assert "一（一）　清淤" in said
    assert "牵头：县水务局" in said
    assert "时限：2025年底前（2025-12-31）" in said


def test_what_is_left_for_a_person_ends_with_one(tmp_path: Path) -> None:
    path = tmp_path / "方案.txt"
    path.write_text(PLAN.replace("县林业局牵头", "县林业局、县住建局分别负责"), encoding="gb18030")
    done = ran(str(path))
    assert done.exit_code == 1
    assert "待核对1处" in done.stdout
    assert "原文未明确牵头单位" in done.stdout


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("方案.xlsx", b"PK", 1, "请上传txt、docx、pdf"),
        ("方案.docx", b"PK", 1, "不是完好的docx文件"),
        ("没有.txt", None, 2, "请看是否为文件"),
    ],
)
def test_what_cannot_be_read_is_told_with_the_cure(
    tmp_path: Path, name: str, content: bytes | None, code: int, words: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = ran(str(tmp_path / name))
    assert (done.exit_code, words in done.output) == (code, True)
