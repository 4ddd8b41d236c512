"""JSON Schema of the three files and of the JSON answer, as the repository ships them in ``schemas/``."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from credscore.model.goal import Goal
from credscore.model.program import Program
from credscore.model.rubric import Rubric
from credscore.reports.shape_v1 import EvaluationV1

DRAFT = "https://json-schema.org/draft/2020-12/schema"
KINDS: dict[str, type[BaseModel]] = {"program": Program, "goal": Goal, "rubric": Rubric, "evaluation": EvaluationV1}


def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema of ``program``, ``goal``, ``rubric`` or ``evaluation``."""
    mode: Any = "serialization" if kind == "evaluation" else "validation"
    return {"$schema": DRAFT, **_open_to_editors(KINDS[kind].model_json_schema(by_alias=True, mode=mode), kind)}


def _open_to_editors(schema: dict[str, Any], kind: str) -> dict[str, Any]:
    """Allow the ``$schema`` key that JSON files may carry."""
    if kind != "evaluation":
        schema["properties"] = {"$schema": {"type": "string"}, **schema["properties"]}
    return schema


def schema_text(kind: str) -> str:
    """The JSON Schema as text, the same bytes every time."""
    return json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n"
