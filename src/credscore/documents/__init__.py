"""Documents: from bytes to data that knows its places, and from data to checked records.

Every mistake is found at once, each with file, line, path, reason and next step.
"""

from credscore.documents.document import Document, parse_document, read_document
from credscore.documents.overrides import overridden
from credscore.documents.validation import placeholders, validated

__all__ = ["Document", "overridden", "parse_document", "placeholders", "read_document", "validated"]
