"""Chinese words, so that no line break falls inside one."""

from __future__ import annotations

import threading
from functools import lru_cache
from pathlib import Path

from django.conf import settings

_loading = threading.Lock()


@lru_cache(maxsize=4096)
def _cut(text: str) -> tuple[str, ...]:
    import jieba

    with _loading:
        if not jieba.dt.initialized:
            cache = Path(settings.ADLOOM_HOME) / "jieba"
            cache.mkdir(parents=True, exist_ok=True)
            jieba.dt.tmp_dir = str(cache)
            jieba.setLogLevel(60)
            jieba.initialize()
    return tuple(jieba.cut(text, HMM=False))


def chinese_words(text: str) -> list[str]:
    """A run of Han characters as words; short runs as they are (nobody breaks two characters)."""
    return [text] if len(text) <= 2 else list(_cut(text))
