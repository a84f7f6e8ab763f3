"""Django's books from asynchronous code: in two threads of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import InterfaceError, OperationalError, connection

ORM_AWAY = (OperationalError, InterfaceError)
_database = ThreadPoolExecutor(2, thread_name_prefix="agentbot-orm")


async def in_database(work: Callable[..., Any], *values: Any) -> Any:
    """`work` with the ORM, in a thread; a connection that broke is thrown away."""

    def run() -> Any:
        try:
            return work(*values)
        except ORM_AWAY:
            connection.close()
            raise

    return await asyncio.get_running_loop().run_in_executor(_database, run)
