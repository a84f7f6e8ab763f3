"""Exit codes of the commands, and errors said the way a person can act on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from creative.brief import BriefError
from core.errors import AdloomError, InputError, ServiceDown

OK = 0
WRONG_INPUT = 2
SOME_MISSING = 3
SERVICE_DOWN = 4


def guarded(work: Callable[[], int]) -> int:
    """Run `work`; what a person gave wrong ends with 2, a service that did not start with 4."""
    try:
        return work()
    except BriefError as error:
        for field, reason in error.problems:
            print(f"{field}: {reason}", file=sys.stderr)
        return WRONG_INPUT
    except ServiceDown as error:
        print(f"{error.service}: {error.reason}", file=sys.stderr)
        return SERVICE_DOWN
    except InputError as error:
        print(f"{error.thing}: {error.reason}", file=sys.stderr)
        return WRONG_INPUT
    except AdloomError as error:
        print(str(error), file=sys.stderr)
        return SOME_MISSING


def read_file(path: Path, what: str) -> str:
    """The text of a file a person named; InputError says what is wrong with it."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise InputError(what, f"there is no file {path}") from error
    except IsADirectoryError as error:
        raise InputError(what, f"{path} is a folder, not a file") from error
    except (UnicodeDecodeError, PermissionError) as error:
        raise InputError(what, f"{path} cannot be read as text: {error}") from error
