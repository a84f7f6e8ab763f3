"""Requests as the platforms send them; each names the page it follows and the day it was read."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from agentbot.channels.vendors import douyin, kuaishou, meta, wecom_crypto
from agentbot.channels.vendors.base import Request

DOUYIN = {
    "client_key": "ttddf8ab4542c7d76601",
    "client_secret": "9b1f0c7a",
    "open_id": "aaa-81ec-424c-b738-8693eeaf53ea",
    "access_token": "act.943da17996fb5cebfbc70c044c3fc25a",
    "refresh_token": "rft.1",
}
KUAISHOU = {
    "app_id": "ks66",
    "app_secret": "s3cr3t",
    "open_id": "shop",
    "access_token": "kt1",
    "refresh_token": "kr1",
}
MESSENGER = {
    "page_id": "111",
    "app_id": "1517776481860111",
    "app_secret": "secret",
    "access_token": "EAAB",
    "verify_token": "vt-1",
}
WHATSAPP = {
    "phone_number_id": "106540352242922",
    "app_secret": "secret",
    "access_token": "EAAW",
    "verify_token": "vt-1",
}
WECOM = {
    "corp_id": "wx5823bf96d3bd56c7",
    "open_kfid": "wkxxxxxxx",
    "app_secret": "kfsecret",
    "token": "QDG6eK",
    "aes_key": "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
}
CONVERSATION = "@9Vxc1/yDU8sqaS+gN4koEc7912foPPyA"


def _posted(body: bytes, headers: Mapping[str, str], query: Mapping[str, str] | None = None) -> Request:
    return Request("POST", query or {}, dict(headers), body)


def _dumped(fields: Mapping[str, Any]) -> bytes:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def douyin_request(event: str, content: Mapping[str, Any], msg_id: str = "m-1", **fields: Any) -> Request:
    """ "接收私信消息事件" and "Webhooks 概述", developer.open-douyin.com, 2026-11-23."""
    body = _dumped(
        {
            "event": event,
            "client_key": DOUYIN["client_key"],
            "from_user_id": "visitor-1",
            "to_user_id": DOUYIN["open_id"],
            "log_id": "2023429834752345783",
            "content": json.dumps(content, ensure_ascii=False),
            **fields,
        }
    )
    return douyin_signed(body, msg_id)


def douyin_signed(body: bytes, msg_id: str = "m-1") -> Request:
    return _posted(body, {"x-douyin-signature": douyin.sign(DOUYIN["client_secret"], body), "msg-id": msg_id})


def douyin_message(text: str = "这款多少钱？", message: str = "@c29bfc000+1", **more: Any) -> Request:
    content = {
        "conversation_short_id": CONVERSATION,
        "server_message_id": message,
        "conversation_type": 1,
        "message_type": "text",
        "text": text,
        "source": "",
        "create_time": 1700000000000,
        "user_infos": [{"open_id": "visitor-1", "nick_name": "小李", "avatar": ""}],
        **more,
    }
    return douyin_request("im_receive_msg", content)


def douyin_echo(source: str, message: str = "@c29bfc000+9", text: str = "我来回您") -> Request:
    """The same page: `source` is the app's key for what was sent by interface, empty for what was typed in the app."""
    content = {
        "conversation_short_id": CONVERSATION,
        "server_message_id": message,
        "message_type": "text",
        "text": text,
        "source": source,
        "create_time": 1700000001000,
    }
    people = {"from_user_id": DOUYIN["open_id"], "to_user_id": "visitor-1"}
    return douyin_request("im_send_msg", content, **people)


def kuaishou_request(event: str, data: Mapping[str, Any], task: str = "task-1") -> Request:
    """ "WebHook 接入指南", open.kuaishou.com, 2026-11-23, tells the header and taskId; the rest is not confirmed."""
    body = _dumped({"taskId": task, "event": event, "data": data})
    return _posted(body, {"kwaisign": kuaishou.sign(KUAISHOU["app_secret"], body)})


def meta_request(body: Mapping[str, Any], secret: str = "secret") -> Request:
    raw = _dumped(body)
    return _posted(raw, {"x-hub-signature-256": meta.sign(secret, raw)})


def messenger_page(*messaging: Mapping[str, Any], page: str = "111", **entry: Any) -> Request:
    """ "Common Format" of "message_echoes Webhook Event Reference", developers.facebook.com, 2026-11-23."""
    told = {"id": page, "time": 1570053170926, "messaging": list(messaging), **entry}
    return meta_request({"object": "page", "entry": [told]})


def messenger_message(text: str = "hello", mid: str = "mid.1", **message: Any) -> dict[str, Any]:
    return {
        "sender": {"id": "psid-1"},
        "recipient": {"id": "111"},
        "timestamp": 1457764197627,
        "message": {"mid": mid, "text": text, **message},
    }


def messenger_echo(app: int | None, mid: str = "mid.9", metadata: str = "") -> dict[str, Any]:
    """Example 1 of the same page."""
    named = {} if app is None else {"app_id": app}
    return {
        "sender": {"id": "111"},
        "recipient": {"id": "psid-1"},
        "timestamp": 1457764197627,
        "message": {"is_echo": True, "mid": mid, "text": "I'll take it from here", "metadata": metadata, **named},
    }


def whatsapp_request(field: str = "messages", number: str = "106540352242922", **value: Any) -> Request:
    """ "messages webhook reference", developers.facebook.com, 2026-11-23."""
    told = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": number},
        **value,
    }
    change = {"value": told, "field": field}
    return meta_request(
        {"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [change]}]}
    )


def whatsapp_message(text: str = "Does it come in another color?", **more: Any) -> dict[str, Any]:
    """The same page."""
    return {
        "from": "16505551234",
        "id": "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=",
        "timestamp": "1749416383",
        "type": "text",
        "text": {"body": text},
        **more,
    }


def sealed(message: bytes, receiver: str = WECOM["corp_id"]) -> str:
    """As "加解密方案说明" tells it, developer.work.weixin.qq.com, 2026-11-23."""
    key = wecom_crypto.aes_key(WECOM["aes_key"])
    plain = os.urandom(16) + len(message).to_bytes(4, "big") + message + receiver.encode()
    padding = 32 - len(plain) % 32
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(plain + bytes([padding]) * padding) + encryptor.finalize()).decode()


def wecom_request(now: int, inner: str = "", receiver: str = WECOM["corp_id"]) -> Request:
    """ "接收消息和事件" (document/path/94699), developer.work.weixin.qq.com, 2026-11-23."""
    told = inner or (
        "<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName><CreateTime>1348831860</CreateTime>"
        "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[kf_msg_or_event]]></Event>"
        "<Token><![CDATA[ENCApHxnGDNAVNY4AaSJKj4Tb5mwsEMzxhFmHVGcra996NR]]></Token>"
        "<OpenKfId><![CDATA[wkxxxxxxx]]></OpenKfId></xml>"
    )
    text = sealed(told.encode(), receiver)
    body = f"<xml><ToUserName><![CDATA[wx]]></ToUserName><Encrypt><![CDATA[{text}]]></Encrypt></xml>".encode()
    query = {"timestamp": str(now), "nonce": "263014780"}
    query["msg_signature"] = wecom_crypto.sign(WECOM["token"], query["timestamp"], query["nonce"], text)
    return _posted(body, {}, query)
