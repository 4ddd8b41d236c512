"""What tests share: golden files, the examples, and real data where there is any."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-golden`` rewrites the golden files; read the diff before you commit it."""
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden with what is printed now")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Hold a text against a golden file."""

    def compare(name: str, found: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(found, encoding="utf-8")
        assert path.exists(), f"no golden file {name}: run pytest --update-golden and read it"
        assert found == path.read_text(encoding="utf-8"), (
            f"{name} changed: pytest --update-golden rewrites it; read the diff"
        )

    return compare


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real program data; tests that need it skip where there is none."""
    folder = Path(os.environ.get("CREDSCORE_DATA", TOP.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("no folder of real program data here (set CREDSCORE_DATA to one)")
    return folder
