"""What a viewer on air says is answered before anything else, to them, and always: nobody is left hanging on air."""

from __future__ import annotations

from functools import partial

from avatar.brain.answers import LONGEST_SAMPLES
from avatar.brain.mind import MODEL_SECONDS, Brain
from avatar.comments.addressing import asked_by
from avatar.comments.contracts import ASKED, Reading
from avatar.comments.writing import Draft, Piece
from avatar.contracts import Answer, Comment, Dropped, Utterance
from core.contracts import Language, dump
from core.llm.aborting import Abort
from core.llm.gateway import live_model

FIRST = -1
"""Rank in the lanes: somebody waits on air."""

_OPEN: dict[Language, str] = {
    "zh-CN": "谢谢你来连线，这款产品有什么想了解的，尽管问我。",
    "en": "Thanks for coming on. Ask me anything about this product.",
}
_ASIDE: dict[Language, str] = {
    "zh-CN": "这个话题不适合在这里聊，我们说回产品。",
    "en": "Let us not go into that here, and stay with the product.",
}


def answer_guest(brain: Brain, number: int, viewer: str, text: str) -> None:
    """Comment `number` was said by a guest: the engine writes it down, then an answer follows, or why there is none."""
    comment = Comment(number, viewer, text, round(brain.media_seconds(), 2))
    brain.send({"kind": "comment", "comment": dump(comment), "by_guest": True})
    brain.lanes.answering.add(partial(_answer, brain, comment), FIRST)


def _answer(brain: Brain, comment: Comment) -> None:
    reading = brain.read(comment)
    if reading.refusal:
        return _say(brain, reading, Draft((Piece(_ASIDE[brain.room.language]),), "canned", is_answer=False))
    draft = brain.writer_for(reading).at_once(reading)
    if draft is None and brain.model is not None and reading.topic in ASKED:
        brain.break_off()
        return brain.lanes.asking.add(partial(_ask, brain, reading), FIRST)
    return _say(brain, reading, draft or _otherwise(brain, reading))


def _ask(brain: Brain, reading: Reading) -> None:
    """By the model, within its time; else what is said where nothing is known."""
    assert brain.model is not None
    draft = brain.writer_for(reading).by_model(reading, live_model(brain.model, Abort()), MODEL_SECONDS)
    _say(brain, reading, draft or _otherwise(brain, reading))


def _otherwise(brain: Brain, reading: Reading) -> Draft:
    open_word = Draft((Piece(_OPEN[brain.room.language]),), "canned", is_answer=False)
    return brain.writer_for(reading).otherwise(reading) or open_word


def _say(brain: Brain, reading: Reading, draft: Draft) -> None:
    comment, utterances = reading.comment, _voiced(brain, draft)
    if not utterances:
        brain.send({"kind": "dropped", **dump(Dropped(comment.number, "no voice"))})
        return
    answer = Answer(
        comments=(comment.number,),
        utterances=utterances,
        text=("" if brain.room.language == "zh-CN" else " ").join(each.text for each in utterances),
        source=draft.source,
        urgent=True,
        priority=100,
        asked_by=asked_by((comment.viewer,), brain.room.language),
        to_guest=True,
        product=brain.product_of(reading),
    )
    brain.send({"kind": "answer", "answer": dump(answer)})


def _voiced(brain: Brain, draft: Draft) -> tuple[Utterance, ...]:
    """As many whole utterances as fit into 20 s; () where the voice does not speak."""
    kept: list[Utterance] = []
    for piece in draft.pieces:
        kept += brain.voices.piece(piece) or ()
    while kept and sum(each.samples for each in kept) > LONGEST_SAMPLES:
        kept.pop()
    return tuple(kept)
