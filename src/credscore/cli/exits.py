"""Exit codes, all of them; the reference page is generated from this list."""

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended."""

    OK = 0  #: it ran, whatever the verdict
    GATE = 1  #: a test that was asked for failed (--fail-under, --fail-on), and the screen says which
    USAGE = 2  #: the command was mistyped, or asked for something it cannot do
    INPUT = 3  #: an input cannot be used; every mistake is listed
    NOTHING = 4  #: there was nothing to score
    PARTIAL = 5  #: a batch finished, with row errors on record
    INTERNAL = 70  #: a defect of credscore; please report it
