"""The one public reply under a comment: no price, no ask for a contact, nobody's data, and a way to write directly."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass

from agentbot import pre_pass
from agentbot.comments.classifying import CommentKind, classify
from agentbot.contacts import written_contacts
from agentbot.contracts import QUOTED, Knowledge, PrePass, Said, TurnInput
from agentbot.guards import check
from agentbot.guards.figures import figures
from agentbot.guards.reach import is_ask
from agentbot.knowledge.videos import with_moment
from agentbot.language import join, width
from agentbot.pre_pass.shapes import plain
from agentbot.speaking import Voice
from core.contracts import Language
from generation.contracts import VideoReply

LONGEST_REPLY_WIDTH = 90.0
ANSWERED: tuple[CommentKind, ...] = ("intent", "question")
_LINES: dict[str, dict[Language, tuple[str, ...]]] = {
    "intent": {
        "zh-CN": (
            "谢谢您的关注！欢迎私信我们，按您的情况详细说。",
            "感谢留言！评论里说不全，欢迎私信我们聊。",
            "收到您的留言，欢迎发私信过来，我们一条条回您。",
        ),
        "en": (
            "Thanks for asking! Send us a direct message and we'll go through it with you.",
            "Thanks for your interest! Message us directly and we'll answer for your case.",
        ),
    },
    "question": {
        "zh-CN": (
            "问得好！这个在评论里说不清，欢迎私信我们，给您讲明白。",
            "谢谢提问！情况因人而异，欢迎私信我们细聊。",
        ),
        "en": (
            "Good question! It depends on your case, so send us a direct message.",
            "Thanks for asking! Message us directly and we'll explain it properly.",
        ),
    },
    "more": {
        "zh-CN": ("更多细节，欢迎私信我们。",),
        "en": ("Send us a direct message for the details.",),
    },
}
_LABEL: dict[Language, str] = {"zh-CN": "（AI 助手回复）", "en": "(AI assistant)"}
_DIGIT = re.compile(r"\d|[零一二三四五六七八九十百千万两半几]+(?:元|块|折|成|期|年|个?月|天|公里|万|%)|[¥$€£%％]")


@dataclass(frozen=True)
class CommentPlan:
    """What becomes of a comment; `text` is empty where nothing is said in public."""

    kind: CommentKind
    seen: PrePass
    text: str = ""
    degraded: tuple[str, ...] = ()


def plan_comment(
    said: Said, thread: str, knowledge: Knowledge, now: dt.datetime, shown: VideoReply | None = None
) -> CommentPlan:
    """Pure: the same comment gives the same plan. `shown` is what the video it stands under says to it."""
    seen = pre_pass.read((said,), (), knowledge.language)
    kind = classify(said.text, seen)
    if kind not in ANSWERED:
        return CommentPlan(kind, seen)
    language = seen.language
    seen_there = _from_video(shown, said, knowledge, seen, now) if shown else ""
    quoted = seen_there or _quoted(said, thread, knowledge, seen, now)
    body = join([quoted, _line("more", language, thread)]) if quoted else _line(kind, language, thread)
    text = body + ("" if language == "zh-CN" else " ") + _LABEL[language]
    is_quoted = bool(quoted) and (not seen_there or bool(shown and shown.degraded))
    return CommentPlan(kind, seen, text, (QUOTED,) if is_quoted else ())


def is_fit_for_public(text: str, language: Language) -> bool:
    """Nothing that is a figure, a way to reach somebody or an ask for one; a public reply cannot be taken back."""
    shaped = plain(text)
    return not (
        _DIGIT.search(text) or figures(shaped, language) or written_contacts(text) or is_ask(shaped) or "http" in shaped
    )


def _from_video(shown: VideoReply, said: Said, knowledge: Knowledge, seen: PrePass, now: dt.datetime) -> str:
    """What the video shows, with the moment; "" where that may not stand in public. The moment is ours, no claim."""
    text = shown.text.rstrip("。.!！ ")
    if is_suspicious(seen) or width(text) > LONGEST_REPLY_WIDTH or not is_fit_for_public(text, seen.language):
        return ""
    is_models = not shown.degraded
    if check(text, knowledge, shown.sources, now.date(), visitor_texts=(said.text,), by_model=is_models):
        return ""
    return with_moment(text, shown.seconds[0], seen.language)


def is_suspicious(seen: PrePass) -> bool:
    """Words that give orders, or hold a contact, get nothing made up for them."""
    return seen.injection >= 0.5 or bool(seen.contacts)


def _quoted(said: Said, thread: str, knowledge: Knowledge, seen: PrePass, now: dt.datetime) -> str:
    """The first answer from approved knowledge that may stand in public; "" when none may."""
    if is_suspicious(seen) or seen.language != knowledge.language:
        return ""
    seed = int.from_bytes(hashlib.sha256(thread.encode()).digest()[:4], "big")
    turn = TurnInput(
        conversation=thread, turn=said.id, seed=seed, now=now, knowledge=knowledge, messages=(said,), is_disclosed=True
    )
    for segment in Voice.of(turn, seen).quoted().segments:
        is_open = segment.text and segment.sources and not segment.is_sensitive
        if not is_open or width(segment.text) > LONGEST_REPLY_WIDTH:
            continue
        if is_fit_for_public(segment.text, seen.language) and not check(
            segment.text, knowledge, segment.sources, now.date(), visitor_texts=(said.text,)
        ):
            return segment.text
    return ""


def _line(name: str, language: Language, thread: str) -> str:
    """Not the same under every post, and the same each time it is asked."""
    lines = _LINES[name][language]
    return lines[hashlib.sha256(f"{name}/{thread}".encode()).digest()[0] % len(lines)]
