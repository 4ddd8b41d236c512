"""Sources (temporary)."""

from credscore.documents import read_document, validated
from credscore.model.program import Program
from credscore.model.goal import Goal


def read_program(path, overrides=()):
    return validated(Program, read_document(path))


def read_goal(path, overrides=()):
    return validated(Goal, read_document(path))
