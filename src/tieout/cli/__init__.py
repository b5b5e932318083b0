"""The command `tieout`: a shell over the desk and the reports, without logic of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click
from click.shell_completion import shell_complete

from tieout.cli.group import COMPLETE, NAME, tieout
from tieout.core.errors import TieoutError

INTERRUPTED = 130
"""Exit code when the user pressed Ctrl-C or the reader of the output went away."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 nothing wrong, 1 something wrong found, 2 could not check, 130 interrupted."""
    try:
        code = _run(sys.argv[1:] if arguments is None else list(arguments))
        sys.stdout.flush()
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except TieoutError as error:
        from tieout.cli.show import complain

        complain(error)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        # Python flushes stdout once more on its way out, and would complain aloud then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERRUPTED
    return code


def _run(arguments: list[str]) -> int:
    # click's own main would answer a broken pipe with exit code 1, which here means "something is wrong".
    asked = os.environ.get(COMPLETE)
    if asked:
        return shell_complete(tieout, {}, NAME, COMPLETE, asked)
    with tieout.make_context(NAME, arguments) as context:
        code: object = tieout.invoke(context)
    return code if isinstance(code, int) else 0
