"""`python -m avatar.hosting.ready_made`: all ready-made hosts drawn, for whoever starts it politely."""

from __future__ import annotations

import signal
import sys

import django


def main() -> None:
    # Between two layers, so that none is left behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    django.setup()

    # Apps are loaded by the line above, which this needs.
    from avatar.stills import draw_ready_made

    draw_ready_made()


if __name__ == "__main__":
    main()
