"""Documents: from bytes to data with places, and from data to checked records (temporary minimal form)."""

from __future__ import annotations
from dataclasses import dataclass
from typing import Any, TypeVar
from pathlib import Path
from pydantic import BaseModel, ValidationError
from credscore.errors import InputError, Problem

R = TypeVar("R", bound=BaseModel)


@dataclass
class Document:
    text: str
    data: dict[str, Any]
    name: str

    def line_of(self, path: str) -> int | None:
        return None


def parse_document(text: str, name: str) -> Document:
    import tomli

    return Document(text, tomli.loads(text), name)


def read_document(path: str) -> Document:
    return parse_document(Path(path).read_text(encoding="utf-8-sig"), path)


def validated(model: type[R], document: Document) -> R:
    try:
        return model.model_validate(document.data)
    except ValidationError as e:
        raise InputError([Problem(document.name, ".".join(map(str, x["loc"])), x["msg"]) for x in e.errors()]) from None
