"""JSON Schema and what it describes hold together."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import tomli

from credscore import api
from credscore.reports import json_v1

TOP = Path(__file__).resolve().parent.parent
DAY = date(2026, 11, 24)


def schema(kind: str) -> dict[str, Any]:
    """A schema of the repository."""
    found: dict[str, Any] = json.loads((TOP / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8"))
    return found


def as_json(value: Any) -> Any:
    """TOML data as JSON has it: dates as text."""
    return json.loads(json.dumps(value, default=str))


@pytest.mark.parametrize("kind", ["program", "goal", "rubric", "evaluation"])
def test_a_schema_is_one(kind: str) -> None:
    """Each is valid JSON Schema of the draft it names."""
    jsonschema.Draft202012Validator.check_schema(schema(kind))


@pytest.mark.parametrize("folder", ["programs", "goals"])
def test_every_example_meets_its_schema(folder: str) -> None:
    """What the models accept, the schema accepts."""
    checker = jsonschema.Draft202012Validator(schema(folder.removesuffix("s")))
    for path in sorted((TOP / "examples" / folder).glob("*.toml")):
        checker.validate(as_json(tomli.loads(path.read_text(encoding="utf-8"))))


def test_the_standard_rubric_meets_its_schema() -> None:
    """A rubric author's editor raises no false alarm."""
    data = tomli.loads((TOP / "rubrics/standard.toml").read_text(encoding="utf-8"))

    jsonschema.Draft202012Validator(schema("rubric")).validate(as_json(data))


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("program", {"name": "x", "provider": "y", "kind": "bootcmp"}),
        ("program", {"name": "x", "provider": "y", "kind": "badge", "tuition": 3}),
        ("program", {"name": "x", "provider": "y", "kind": "badge", "outcomes": {"completion_rate": 86}}),
        ("program", {"name": "x", "provider": "y", "kind": "badge", "outcomes": {"median_earnings": 86}}),
        ("goal", {"name": "x", "aim": "fame"}),
    ],
)
def test_what_the_models_refuse_the_schema_refuses(kind: str, data: dict[str, Any]) -> None:
    """An editor underlines what the command would refuse."""
    assert not jsonschema.Draft202012Validator(schema(kind)).is_valid(data)


def test_every_answer_meets_the_published_shape() -> None:
    """The JSON of every example is valid under the schema, and has no number that JSON lacks."""
    checker = jsonschema.Draft202012Validator(schema("evaluation"))
    for program in sorted((TOP / "examples/programs").glob("*.toml")):
        for goal in ("switch-to-back-end", "raise-pay-supply-chain", "learn-to-learn"):
            shown = json_v1.render(
                api.evaluate_files([str(program)], str(TOP / f"examples/goals/{goal}.toml"), as_of=DAY)
            )
            checker.validate(json.loads(shown, parse_constant=pytest.fail))


def test_the_shape_is_frozen() -> None:
    """Keys of credscore/evaluation/1 never change; a new shape is a new module."""
    keys = "schema tool as_of program goal rubric exchange verdict headline score coverage stakes reasons conditions missing criteria gates flags figures context questions flips reaches combinations robustness contributions citations"

    assert list(schema("evaluation")["properties"]) == keys.split()
