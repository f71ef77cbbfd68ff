"""Does the house stand: rooms, style, types, and what the wheel carries."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from dashboard import __version__

CHECKOUT = Path(__file__).resolve().parent.parent


def run(*words: str, cwd: Path = CHECKOUT, **environ: str) -> subprocess.CompletedProcess[str]:
    """A program of this environment, with its answer as text."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1", **environ},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_room_imports_only_rooms_below_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(CHECKOUT)
    code = lint_imports(config_filename="pyproject.toml", no_cache=True, is_debug_mode=False)
    assert code == 0, capsys.readouterr().out


@pytest.mark.parametrize("words", [["check"], ["format", "--check"]])
def test_ruff_has_nothing_to_say(words: list[str]) -> None:
    answer = run("-m", "ruff", *words, "--no-cache", ".")
    assert answer.returncode == 0, answer.stdout


def test_mypy_has_nothing_to_say() -> None:
    answer = run("-m", "mypy")
    assert answer.returncode == 0, answer.stdout


def test_the_continuous_check_runs_the_readmes_test_command() -> None:
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    script = (CHECKOUT / ".ci" / "run").read_text(encoding="utf-8")
    pattern = re.search(r"grep -m1 '\^(.+?)' README\.md", script)
    assert pattern is not None
    commands = re.findall(rf"^{pattern[1]}.*$", readme, flags=re.MULTILINE)
    assert len(commands) == 1
    assert commands[0].endswith("pytest")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without network, unpacked as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    words = ("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder / "dist"))
    answer = run(*words, str(CHECKOUT))
    assert answer.returncode == 0, answer.stdout + answer.stderr
    (file,) = (folder / "dist").glob("*.whl")
    assert file.name == f"guatu-{__version__}-py3-none-any.whl"
    with zipfile.ZipFile(file) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_carries_plans_settings_and_pages(wheel: Path) -> None:
    package = wheel / "dashboard"
    for name in (
        "_shipped/config.toml",
        "_shipped/data/README.md",
        ".streamlit/config.toml",
        "static/zh.js",
        "static/favicon.png",
        "app.py",
        "views/__init__.py",
    ):
        assert (package / name).is_file(), name
    shipped = {path.name for path in (package / "_shipped" / "data" / "plans").iterdir()}
    assert shipped == {path.name for path in (CHECKOUT / "data" / "plans").iterdir()}
    assert not (wheel / "tests").exists()
    assert list(wheel.glob("*.dist-info/licenses/LICENSE"))


def test_the_wheel_works_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    code = (
        "import dashboard; from dashboard.settings import load; s = load({}); "
        "print(dashboard.__file__, s.source, s.plans_folder, s.database.url, sep='\\n')"
    )
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    answer = run("-c", code, cwd=tmp_path, PYTHONPATH=str(wheel), **home)
    package, source, plans, url = answer.stdout.splitlines()
    assert package.startswith(str(wheel))
    assert Path(source) == wheel / "dashboard" / "_shipped" / "config.toml"
    assert Path(plans) == wheel / "dashboard" / "_shipped" / "data" / "plans"
    assert not url.startswith(f"sqlite:///{wheel.as_posix()}")
    said = run("-m", "dashboard", "--version", cwd=tmp_path, PYTHONPATH=str(wheel), **home)
    assert __version__ in said.stdout
