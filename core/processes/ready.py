"""`python -m core.processes.ready PART`: ends with 0 while that part of this home shows life, for health checks.

It loads no Django, so that asking costs a fraction of a second.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from core.processes.places import Places
from core.processes.readiness import shows_life
from core.processes.web import SERVICE as WEB
from core.processes.web import web_is_well


def main(arguments: list[str]) -> int:
    """0 while the part shows life, 1 when it does not, 2 without a part and a home to look in."""
    home = os.environ.get("ADLOOM_HOME", "")
    if len(arguments) != 1 or not home:
        print("usage: ADLOOM_HOME=FOLDER python -m core.processes.ready PART", file=sys.stderr)
        return 2
    if arguments[0] == WEB:
        return 0 if web_is_well(int(os.environ.get("PORT") or 8000)) else 1
    return 0 if shows_life(Places(Path(home).absolute()), arguments[0]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
