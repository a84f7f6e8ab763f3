"""What a comment is about, by rules alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from avatar.comments.contracts import ASKED, PRIORITY, Reading, Topic
from avatar.comments.moderation import is_noise, refusal
from avatar.comments.shapes import is_chinese, shape
from avatar.comments.topic_words import HOST_PRODUCT, INTRODUCE, OFF_TOPIC, QUESTION, TOPICS
from avatar.contracts import Comment
from core.contracts import Language

MOST_TOPICS = 2
SHORTEST_QUESTION = 3
"""In characters; 吗? and ?? ask nothing."""
_TOPICS = tuple((topic, re.compile(pattern)) for topic, pattern in TOPICS)
_OFF_TOPIC = re.compile(OFF_TOPIC)
_QUESTION = re.compile(QUESTION)
_PRODUCT = re.compile(HOST_PRODUCT)
_INTRODUCE = re.compile(INTRODUCE)
_SOFT: frozenset[Topic] = frozenset(("praise", "greeting", "buying"))


def read_comment(comment: Comment, room_language: Language) -> Reading:
    """`comment` with its topics, and why it gets no answer where moderation says so."""
    seen = shape(comment.text)
    chinese = is_chinese(seen.text)
    language: Language = room_language if chinese is None else "zh-CN" if chinese else "en"
    if not seen.key and not re.search(r"[?？]", seen.text):
        return Reading(comment, seen.text, seen.key, (), language)
    refused: str = refusal(comment.text, language) or ("spam" if is_noise(seen.key, comment.text) else "")
    return Reading(comment, seen.text, seen.key, topics_of(seen.text), language, refused)


@lru_cache(maxsize=4096)
def topics_of(text: str) -> tuple[Topic, ...]:
    """Topics of a comment in its plain shape, the most important first, at most two; () for chatter."""
    found = [topic for topic, pattern in _TOPICS if pattern.search(text)]
    asked = _ranked(topic for topic in found if topic in ASKED)
    if "identity" in found:
        return ("identity", *asked[: MOST_TOPICS - 1])
    if _OFF_TOPIC.search(text) and not (asked and _PRODUCT.search(text)):
        return ("off_topic",)
    if asked:
        return asked[:MOST_TOPICS]
    soft = [topic for topic in found if topic in _SOFT]
    is_question = _QUESTION.search(text) is not None
    if soft and not (is_question and soft == ["praise"]):
        return (soft[0],)
    if _INTRODUCE.search(text) or (is_question and len(text) >= SHORTEST_QUESTION):
        return ("product",)
    return ()


def is_question(text: str) -> bool:
    """Whether a comment in its plain shape asks something."""
    return _QUESTION.search(text) is not None


def _ranked(topics: Iterable[Topic]) -> tuple[Topic, ...]:
    return tuple(sorted(topics, key=lambda topic: -PRIORITY[topic]))
