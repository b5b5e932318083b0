"""What is raised when the world is broken or a call is wrong; doubtful text is a finding instead."""

from __future__ import annotations


class TieoutError(Exception):
    """A message, the way to fix it, and whatever context a caller may want to log.

    `fix` is a sentence a person can act on; `context` holds the offending values.
    """

    exit_code = 2

    def __init__(self, message: str, *, fix: str, **context: object) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix
        self.context = context


class UsageError(TieoutError):
    """The call cannot mean anything: a bad date, an unknown option value, an unknown company."""


class NotFoundError(TieoutError):
    """What was asked for is not held; says what is missing, for when and as of when."""


class ParseError(TieoutError):
    """The input is not what it says it is: a binary file, a malformed facts file, a broken pack."""


class TransportError(TieoutError):
    """The outside world could not be asked, or would not answer: nothing is known of what it holds."""
