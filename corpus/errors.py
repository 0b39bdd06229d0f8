"""Errors that a command or the page turns into one sentence for the user."""


class CorpusError(Exception):
    """Something the user can put right; the message says what, where and how."""


class IndexMissing(CorpusError):
    """No index has been made in the data folder yet."""


class IndexMismatch(CorpusError):
    """The index was made with another encoder or format and cannot be read back."""
