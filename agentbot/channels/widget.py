"""The chat widget's addresses: `/widget/TOKEN/config`, `…/entered`, `…/messages`, `…/events`, for allowed origins."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from urllib.parse import parse_qs

from agentbot.channels import widget_stream
from agentbot.channels.base import LARGEST_BODY_BYTES, LONGEST_TEXT, Account, Inbound
from agentbot.channels.desk import Desk, TooMany
from agentbot.channels.http import Receive, Scope, Send, answer, header, read_body
from agentbot.channels.limits import Allowance, Buckets
from agentbot.channels.messages import storable, text_field
from agentbot.channels.origins import cors_headers, is_allowed
from core.errors import InputError
from core.webhooks.bodies import parse_object

PREFIX = "/widget/"
ADDRESS = Allowance(burst=120.0, per_second=60.0)
"""All visitors may stand behind one address, a proxy's: what a channel is promised is never refused to it. One machine
with a thousand made-up visitors leaves two thirds of the channel to the others."""

_TOKEN = re.compile(r"^[A-Za-z0-9_-]{22,64}$")
_MESSAGE_ID = re.compile(r"^[A-Za-z0-9_-]{8,64}$")
_SOURCE_KEYS = ("ad", "creative", "room", "page")
_addresses = Buckets(ADDRESS)
_ENTER = """
insert into agentbot_visitorentry (advertiser_id, account_id, visitor) values (%s, %s, %s)
on conflict (account_id, visitor) do nothing
"""
_CONFIG = "select name, language, color_primary from core_advertiser where id = %s"


def parse_path(path: str) -> tuple[str, str]:
    """(token, what is asked for)."""
    token, _, what = path.removeprefix(PREFIX).partition("/")
    return token, what


async def serve(desk: Desk, account: Account, what: str, scope: Scope, receive: Receive, send: Send) -> None:
    """One request of a widget. Raises what the channels' door turns into answers."""
    origin = header(scope, b"origin").decode("latin-1")
    if not is_allowed(origin, account.origins):
        refusal = f"{origin} is not among the pages this widget may be shown on; the channel's page lists them"
        # The page may read why: a refusal without these headers is a riddle in its author's console.
        return await answer(send, 403, {"error": refusal}, cors_headers(origin))
    headers = cors_headers(origin)
    if scope["method"] == "OPTIONS":
        return await answer(send, 200, {}, headers)
    shared = with_headers(send, headers)
    if what == "messages" and scope["method"] == "POST":
        return await _take(desk, account, scope, receive, shared)
    if what == "entered" and scope["method"] == "POST":
        return await _note_entry(desk, account, scope, receive, shared)
    if what == "config" and scope["method"] == "GET":
        return await _tell_config(desk, account, shared)
    if what == "events" and scope["method"] == "GET":
        query = parse_qs(scope["query_string"].decode("latin-1"))
        visitor = visitor_name(account, query.get("visitor", [""])[0])
        after = header(scope, b"last-event-id").decode("latin-1") or query.get("after", ["0"])[0]
        return await widget_stream.stream(desk, account, visitor, _whole(after), receive, shared, _address(scope))
    await answer(shared, 404, {"error": "there is no such address"})


def with_headers(send: Send, headers: dict[str, str]) -> Send:
    """`send` that says `headers` on every answer, also on a refusal."""
    pairs = [(key.encode(), value.encode()) for key, value in headers.items()]

    async def sending(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *pairs]}  # type: ignore[misc] # ASGI's list of pairs
        await send(message)

    return sending


def visitor_name(account: Account, token: str) -> str:
    """What the visitor is called in our books: who knows the name can't open the conversation with it."""
    if not _TOKEN.match(token):
        raise InputError("visitor", "must be 22 to 64 letters and digits made at random", "bad_visitor")
    return "web_" + hashlib.sha256(f"{account.id}/{token}".encode()).hexdigest()[:24]


def _address(scope: Scope) -> str:
    """Where the request comes from; "" where the server cannot tell."""
    return str((scope.get("client") or ("",))[0])


async def _take(desk: Desk, account: Account, scope: Scope, receive: Receive, send: Send) -> None:
    wait = _addresses.take(_address(scope))
    try:
        if wait:
            raise TooMany(wait)
        inbound = read_message(account, await read_body(scope, receive, LARGEST_BODY_BYTES))
        stored = await desk.take(account, inbound)
    except InputError as error:
        return await answer(send, 422, {"error": str(error), "field": error.thing, "code": error.code})
    except TooMany as error:
        return await answer(send, 429, {"error": "too many messages"}, {"retry-after": str(error.seconds)})
    await answer(send, 200, {"message": str(stored.message), "duplicate": stored.duplicate})


async def _note_entry(desk: Desk, account: Account, scope: Scope, receive: Receive, send: Send) -> None:
    """`{"visitor": token}`: the chat was opened; one row a visitor, however often."""
    wait = _addresses.take(_address(scope))
    if wait:
        return await answer(send, 429, {"error": "too many visitors"}, {"retry-after": str(wait)})
    try:
        fields = parse_object(await read_body(scope, receive, LARGEST_BODY_BYTES))
        visitor = visitor_name(account, str(fields.get("visitor", "")))
    except InputError as error:
        return await answer(send, 422, {"error": str(error), "field": error.thing, "code": error.code})
    async with desk.pool.connection() as connection:
        await connection.execute(_ENTER, [account.advertiser_id, account.id, visitor])
    await answer(send, 200, {})


def read_message(account: Account, body: bytes) -> Inbound:
    """`{"visitor": token, "id", "text", "source"}`; the id is the client's own and makes a second try a duplicate."""
    fields = parse_object(body)
    visitor = visitor_name(account, str(fields.get("visitor", "")))
    client_id = str(fields.get("id", ""))
    if not _MESSAGE_ID.match(client_id):
        raise InputError("id", "must be 8 to 64 letters and digits", "bad_id")
    source = fields.get("source")
    known = source if isinstance(source, dict) else {}
    return Inbound(
        external_id=f"{visitor}:{client_id}",
        visitor=visitor,
        text=text_field(fields, "text", LONGEST_TEXT),
        sent_at=dt.datetime.now(dt.UTC),
        source={key: storable(str(known[key]))[:200] for key in _SOURCE_KEYS if isinstance(known.get(key), str)},
        verified_by="origin",
    )


async def _tell_config(desk: Desk, account: Account, send: Send) -> None:
    async with desk.pool.connection() as connection:
        row = await (await connection.execute(_CONFIG, [account.advertiser_id])).fetchone()
    if row is None or account.state == "disabled":
        return await answer(send, 404, {"error": "this widget is switched off"})
    colour = readable_colour(row["color_primary"])
    await answer(
        send, 200, {"name": row["name"], "language": row["language"], "colour": colour, "longest": LONGEST_TEXT}
    )


def readable_colour(colour: str) -> str:
    """`colour` darkened until white on it reaches 4.5:1."""
    try:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    except ValueError:
        return "#14191c"
    while 1.05 / (_luminance(red, green, blue) + 0.05) < 4.5:
        red, green, blue = (int(each * 0.94) for each in (red, green, blue))
    return f"#{red:02x}{green:02x}{blue:02x}"


def _luminance(*channels: int) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (each / 255 for each in channels)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _whole(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 10 else 0
