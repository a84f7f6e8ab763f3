"""`python -m avatar.costream --wire FD --line FD --setup FD --broadcast ID`. Started by `avatar.processes`."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import uuid

import django


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m avatar.costream", description="Viewers on air in one live room.")
    parser.add_argument("--wire", type=int, required=True, help="the inherited end of the wire to the engine")
    parser.add_argument("--line", type=int, required=True, help="the memory shared with the engine")
    parser.add_argument("--setup", type=int, required=True, help="file descriptor of the room's setup")
    parser.add_argument("--broadcast", type=uuid.UUID, required=True, help="the broadcast in the books")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    django.setup()

    # Apps are loaded by the line above, which these need.
    from core.commands import guarded

    return guarded(lambda: work(given))


def work(given: argparse.Namespace) -> int:
    from django.conf import settings

    from avatar.costream.process import GuestProcess
    from avatar.costream.servers import IceServers
    from avatar.live.guest_line import GuestLine, window_of
    from avatar.live.setup import read_from_memory
    from avatar.live.wire import Wire
    from generation.api import hearing_engine

    config = read_from_memory(given.setup).config
    line = GuestLine(given.line, window_of(config.width, config.height))
    servers = IceServers.from_settings(settings)
    process = GuestProcess(given.broadcast, Wire.from_fd(given.wire), line, servers, hearing_engine(config.advertiser))

    async def run() -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, process.stop)
        await process.run()

    asyncio.run(run())
    return 0


if __name__ == "__main__":
    sys.exit(main())
