"""Errors that a command or the page turns into one sentence for the user."""


class CorpusError(Exception):
    """Something the user can put right; the message says what, where and how."""


class IndexMissingError(CorpusError):
    """No index has been made in the data folder yet."""


class IndexMismatchError(CorpusError):
    """The index was made with another encoder or format and cannot be read back."""


class IndexGoneError(CorpusError):
    """The generation being read was removed after a newer one was published."""


class IndexFormatError(IndexMismatchError):
    """The index was written by another version of the program, or is damaged."""
