"""A viewer's question about a video, answered from its description."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.contracts import Language
from core.errors import AdloomError
from core.llm.base import LanguageModel
from core.search.full_text import asked_terms, indexed_terms
from generation.contracts import FPS
from generation.described import ShownVideo, VideoDescription, VideoReply
from generation.describing.moments import asked_second, is_seen_at, without_place
from generation.describing.telling import TRY_SECONDS, VideoAnswer, answer_question

BY_WORDS = "answer:by-words"
LEAST_SHARE = 0.34
_ASKING = re.compile(
    r"是?什么样?的?|是?[哪谁](?:个|位|家|款|里|儿|种)?的?|颜色|牌子|品牌|里面|那个|这个|[是吗呢呀啊的]|[?？]"
    r"|\b(?:what|which|who|where|whose|colou?rs?|brand|kind|sort|is|are|was|does|do|the|that|this|of|on|in|inside|a|an)\b",
    re.IGNORECASE,
)
"""What only asks: captions tell, so none of them holds these."""


def answer_about(
    description: VideoDescription,
    question: str,
    model: LanguageModel | None,
    language: Language,
    seconds: float = TRY_SECONDS,
) -> tuple[VideoAnswer, tuple[str, ...]] | None:
    """(answer, degraded) to `question`, or None where the video does not show it.

    A language model answers from the captions alone. Without one, or where it gives nothing usable,
    the caption that shares the most words with the question is quoted, and `degraded` says so.
    A question that names a second is answered from what is on then. `seconds` are for each try of the model.
    """
    second = asked_second(question)
    places = [
        place
        for place, shot in enumerate(description.shots)
        if shot.caption and (second is None or is_seen_at(shot, second))
    ]
    question = without_place(question) or question
    captions = [description.shots[place].caption for place in places]
    if not captions:
        return None
    if model is not None:
        try:
            answer = answer_question(model, question, captions, language, seconds)
        except AdloomError:
            answer = quoted(question, captions)
            degraded: tuple[str, ...] = (BY_WORDS,)
        else:
            degraded = ()
    else:
        answer, degraded = quoted(question, captions), (BY_WORDS,)
    if answer is None:
        return None
    return VideoAnswer(answer.text, tuple(places[place] for place in answer.shots)), degraded


def answer_about_video(
    video: ShownVideo,
    question: str,
    model: LanguageModel | None,
    language: Language,
    seconds: float = TRY_SECONDS,
) -> VideoReply | None:
    """The same for a video as viewers meet it, with the seconds it rests on; None where it does not say."""
    answered = answer_about(video.description, question, model, language, seconds)
    if answered is None:
        return None
    answer, degraded = answered
    shown_at = tuple(round(video.description.shots[place].start_frame / FPS, 1) for place in answer.shots)
    return VideoReply(answer.text, shown_at, video.sources, degraded)


def quoted(question: str, captions: Sequence[str]) -> VideoAnswer | None:
    """The caption that has most of the question's words, at least a third of them; None where none has."""
    asked = set(asked_terms(_ASKING.sub(" ", question)))
    if not asked:
        return None
    shares = [len(asked.intersection(indexed_terms(caption))) / len(asked) for caption in captions]
    best = max(range(len(captions)), key=lambda place: shares[place])
    return VideoAnswer(captions[best], (best,)) if shares[best] >= LEAST_SHARE else None
