"""WeCom's customer service for WeChat (微信客服).

After developer.work.weixin.qq.com, read 2026-11-23: "接收消息和事件" (document/path/94699, updated 2024-12-23): the
callback says only that there is something, `kf/sync_msg` gives it from a cursor on; `origin` 3 is the visitor, 5 a
person of the account. "发送消息" (`kf/send_msg`) as in kancloud.cn/dabashan/qiwei/2376075 and public clients: 5
messages within 48 hours of the visitor's, `msgid` of up to 32 characters. What is sent by interface is not told
back.

Not confirmed on a page of the vendor's own: the codes of a token that no longer holds (40014, 42001), of a limit
(45009) and of a conversation a person has (95018).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agentbot.channels.base import Capabilities, Echo, Entry, Event, Inbound, Pull
from agentbot.channels.vendors import wecom_crypto
from agentbot.channels.vendors.base import (
    TOKEN_REFUSED,
    Call,
    Credential,
    Outgoing,
    Reply,
    Request,
    Secrets,
    Token,
    as_object,
    event_id,
    moment,
    objects,
    refusal,
    said_text,
    word,
)
from core.webhooks.posting import Answer

VERIFIED_BY = "wecom"
FROM_VISITOR, FROM_SYSTEM, FROM_PERSON = 3, 4, 5
MOST_AT_ONCE = 100
"""So that one answer stays well below what is read of it."""
TOKEN_CODES = frozenset({40014, 41001, 42001})
LIMIT_CODES = frozenset({45009, 45011})
BUSY = -1
TAKEN_BY_PERSON = frozenset({1, 2})
"""`change_type` of a conversation that a person took from the pool, or was given."""


class WeCom:
    """Callbacks are sealed and name the corporation; each carries a moment, and pulling twice gives the same."""

    kind = "wecom"
    api = "https://qyapi.weixin.qq.com"
    setting = "WECOM_API_URL"
    capabilities = Capabilities(takes_ids=False, reply_window_seconds=48 * 3600, replies_per_message=5)
    credentials: tuple[Credential, ...] = (
        Credential("corp_id", is_secret=False),
        Credential("open_kfid", is_secret=False),
        Credential("app_secret"),
        Credential("token"),
        Credential("aes_key"),
    )
    acknowledgement = Reply(b"success", "text/plain")

    def greet(self, secrets: Secrets, request: Request, now: float) -> Reply | None:
        if request.method != "GET":
            return None
        sealed = request.query.get("echostr", "")
        wecom_crypto.verify(secrets["token"], request.query, sealed, now)
        return Reply(wecom_crypto.unseal(secrets["aes_key"], sealed, secrets["corp_id"]), "text/plain")

    def read(self, secrets: Secrets, request: Request, now: float) -> tuple[Event, ...]:
        sealed = wecom_crypto.read_xml(request.body).get("Encrypt", "")
        wecom_crypto.verify(secrets["token"], request.query, sealed, now)
        told = wecom_crypto.read_xml(wecom_crypto.unseal(secrets["aes_key"], sealed, secrets["corp_id"]))
        if told.get("Event") != "kf_msg_or_event" or told.get("OpenKfId", "") not in ("", secrets["open_kfid"]):
            return ()
        return (Pull(secrets["open_kfid"], told.get("Token", "")[:128]),)

    def pull(self, secrets: Secrets, access_token: str, cursor: str, token: str) -> Call:
        """The call that fetches what is new since `cursor`."""
        wanted = {"open_kfid": secrets["open_kfid"], "cursor": cursor, "token": token, "limit": MOST_AT_ONCE}
        body = {name: value for name, value in wanted.items() if value}
        return Call("/cgi-bin/kf/sync_msg", query={"access_token": access_token}, body=body)

    def read_pulled(self, body: Mapping[str, Any]) -> tuple[tuple[Event, ...], str, bool]:
        """Events, the next cursor, and whether there is more."""
        events = tuple(each for each in map(_read, objects(body.get("msg_list"))) if each is not None)
        return events, word(body, "next_cursor"), body.get("has_more") == 1

    def write(self, secrets: Secrets, token: str, said: Outgoing) -> Call:
        message = {
            "touser": said.visitor,
            "open_kfid": secrets["open_kfid"],
            "msgid": said.part.replace("-", "")[:32],
            "msgtype": "text",
            "text": {"content": said.text},
        }
        return Call("/cgi-bin/kf/send_msg", query={"access_token": token}, body=message)

    def judge(self, status: int, body: Mapping[str, Any]) -> Answer:
        code = body.get("errcode", 0)
        if 200 <= status < 300 and code == 0:
            return Answer(200, reference=word(body, "msgid"))
        failure = f"WeCom: {code or status} {word(body, 'errmsg', 120)}"
        if code in TOKEN_CODES:
            return refusal(TOKEN_REFUSED, failure)
        if code in LIMIT_CODES:
            return refusal(429, failure)
        return refusal(503 if code == BUSY else 422 if code else status, failure)

    def ask_token(self, secrets: Secrets) -> Call | None:
        query = {"corpid": secrets["corp_id"], "corpsecret": secrets["app_secret"]}
        return Call("/cgi-bin/gettoken", query=query, method="GET")

    def read_token(self, body: Mapping[str, Any]) -> Token | None:
        value, seconds = word(body, "access_token", 2000), body.get("expires_in")
        return Token(value, float(seconds) if isinstance(seconds, int) else 7200.0) if value else None


def _read(message: Mapping[str, Any]) -> Event | None:
    origin, kind = message.get("origin"), word(message, "msgtype")
    visitor, key = word(message, "external_userid"), event_id("msgid", word(message, "msgid", 400))
    if kind == "event" or origin == FROM_SYSTEM:
        return _happened(as_object(message.get("event") or {}, "event"), key)
    if not visitor:
        return None
    told = message.get(kind)
    text = said_text(word(told, "content", 4000) if isinstance(told, dict) else "", kind)
    at = moment(message.get("send_time"))
    if origin == FROM_VISITOR:
        return Inbound(key, visitor, text, at, verified_by=VERIFIED_BY)
    if origin == FROM_PERSON:
        return Echo(key, visitor, is_ours=False, message=word(message, "msgid"), text=text, sent_at=at)
    return None


def _happened(event: Mapping[str, Any], key: str) -> Event | None:
    visitor, kind = word(event, "external_userid"), word(event, "event_type")
    if not visitor:
        return None
    if kind == "enter_session":
        scene = word(event, "scene_param") or word(event, "scene")
        return Entry(key, visitor, {"scene": scene} if scene else {})
    if kind == "msg_send_fail":
        failed = word(event, "fail_msgid")
        return Echo(key, visitor, is_ours=True, message=failed, failure=f"WeCom: {word(event, 'fail_type')}")
    if kind == "session_status_change" and event.get("change_type") in TAKEN_BY_PERSON:
        return Echo(key, visitor, is_ours=False)
    return None
