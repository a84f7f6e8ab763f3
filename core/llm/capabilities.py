"""What the configured model can do, asked of its server once."""

from __future__ import annotations

import struct
import threading
import zlib
from dataclasses import dataclass

from django.conf import settings

from core.errors import RetryableError, TerminalError
from core.llm.base import LanguageModel, Message, Priority
from core.llm.http import client_for, errors_by_kind, timeout_of
from core.llm.openai_http import OpenAiModel

_SECONDS = 20.0


@dataclass(frozen=True)
class Capabilities:
    """`images`: takes pictures beside text. `context_tokens`: prompt and answer together, None where unsaid."""

    images: bool = False
    context_tokens: int | None = None


_known: dict[tuple[str, str], Capabilities] = {}
_lock = threading.Lock()


def capabilities(model: LanguageModel) -> Capabilities:
    """What `model` can do. A server that does not answer is asked again the next time and can nothing till then."""
    if not isinstance(model, OpenAiModel):
        return Capabilities()
    key = model.base_url, model.model
    with _lock:
        if key not in _known:
            try:
                _known[key] = Capabilities(_takes_images(model), _context_tokens(model))
            except RetryableError:
                return Capabilities(images=settings.LLM_VISION == "yes")
        return _known[key]


def forget() -> None:
    """Ask anew: another server may stand at the same address."""
    with _lock:
        _known.clear()


def _takes_images(model: OpenAiModel) -> bool:
    """Shown a picture of one dot, a model that takes none says so with HTTP 400."""
    if settings.LLM_VISION != "auto":
        return bool(settings.LLM_VISION == "yes")
    question = Message("user", "?", (one_dot(),))
    try:
        model.complete([question], max_tokens=1, priority=Priority.SCRIPT, timeout=_SECONDS, prompt="probe-1")
    except TerminalError:
        return False
    return True


def _context_tokens(model: OpenAiModel) -> int | None:
    with errors_by_kind():
        listed = client_for(model.base_url, model.api_key).models.list(timeout=timeout_of(_SECONDS))
        found = next((each for each in listed.data if each.id == model.model), None)
        tokens = getattr(found, "max_model_len", None)
        return int(tokens) if isinstance(tokens, int) else None


def one_dot() -> bytes:
    """A PNG of 1×1 white."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00\xff\xff\xff")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
