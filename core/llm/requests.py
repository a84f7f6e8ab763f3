"""A question as the OpenAI API wants it, with nobody's address or number in it."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from core.llm.base import Message, Priority, RequestRefused, Schema
from core.llm.masking import Masking

MOST_PICTURES = 8
MOST_PICTURE_BYTES = 5_000_000
_KINDS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"RIFF", "image/webp"))


def body_of(
    model: str,
    messages: Sequence[Message],
    masking: Masking,
    *,
    schema: Schema | None,
    max_tokens: int,
    temperature: float,
    seed: int | None,
    priority: Priority | None,
    extra: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    """The arguments of a chat completion; `extra` goes beside them as it is. RequestRefused for pictures that no
    model takes."""
    request: dict[str, Any] = {
        "model": model,
        "messages": [_message(each, masking) for each in messages],
        "max_tokens": max_tokens,
        "temperature": temperature,
    }
    if seed is not None:
        request["seed"] = seed
    if schema is not None:
        answer = {"name": "answer", "schema": dict(schema), "strict": True}
        request["response_format"] = {"type": "json_schema", "json_schema": answer}
    beside = dict(extra or {}) | ({} if priority is None else {"priority": int(priority)})
    if beside:
        request["extra_body"] = beside
    return request


def _message(message: Message, masking: Masking) -> dict[str, Any]:
    text = masking.hide(message.text)
    if not message.pictures:
        return {"role": message.role, "content": text}
    if len(message.pictures) > MOST_PICTURES:
        raise RequestRefused(f"{len(message.pictures)} pictures at once, at most {MOST_PICTURES}")
    pictures = [{"type": "image_url", "image_url": {"url": data_url(each)}} for each in message.pictures]
    return {"role": message.role, "content": [*pictures, {"type": "text", "text": text}]}


def data_url(picture: bytes) -> str:
    """The picture inside its own address: the server fetches nothing."""
    if len(picture) > MOST_PICTURE_BYTES:
        raise RequestRefused(f"a picture of {len(picture)} bytes, at most {MOST_PICTURE_BYTES}")
    kind = next((kind for start, kind in _KINDS if picture.startswith(start)), "")
    if not kind:
        raise RequestRefused("a picture that is no PNG, JPEG or WebP")
    return f"data:{kind};base64,{base64.b64encode(picture).decode()}"
