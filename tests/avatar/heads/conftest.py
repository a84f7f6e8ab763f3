"""A prepared head, and a worker of its own thread for tests that need one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from avatar.heads.door import listen, open_folder
from avatar.heads.worker import Worker
from generation.engines.heads.cache import AvatarCache
from tests.support.heads import ScriptedHead, filmed

Serving = Callable[..., Any]


@pytest.fixture(scope="session")
def ann(tmp_path_factory: pytest.TempPathFactory) -> AvatarCache:
    """Drawn over by a scripted head, whose mouths show their number."""
    return filmed(ScriptedHead(), tmp_path_factory.mktemp("heads") / "ann")


@pytest.fixture(scope="session")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where hosts are drawn, once for all tests."""
    return tmp_path_factory.mktemp("faces")


@pytest.fixture
def serving(tmp_path: Path) -> Serving:
    """`with serving(head) as worker`: a worker behind the door in tmp_path/worker, until the block ends."""

    @contextmanager
    def serve(head: Any = None, batch: int = 4, folder: Path = tmp_path / "worker") -> Iterator[Worker]:
        worker = Worker(head or ScriptedHead(), listen(open_folder(folder)), folder, batch)
        over = threading.Event()
        thread = threading.Thread(target=worker.run, args=(over.is_set,), daemon=True)
        thread.start()
        try:
            yield worker
        finally:
            over.set()
            thread.join()
            worker.close()

    return serve
