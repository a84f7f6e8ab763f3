"""What an operator may order, and what comes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from avatar.brain.facts import room_texts
from avatar.brain.mind import Brain
from avatar.brain.orders import Order
from core.contracts import Fact
from core.errors import InputError

PASSED_ON = frozenset(("skip", "pause_answers", "resume_answers", "dump", "slate", "unslate"))
"""Orders that the engine carries out by itself."""
LONGEST_SAID = 300
MOST_COMMENTS = 200
LONGEST_COMMENT = 500


class Orders:
    """Carries out one order after the other; InputError names what is wrong with one."""

    def __init__(self, brain: Brain, host: str) -> None:
        self._brain, self._host = brain, host
        self._known: dict[str, Callable[[Order], Order]] = {
            "say": self._say,
            "facts": self._facts,
            "comments": self._comments,
            "status": self._status,
        }

    def obey(self, order: Order) -> Order:
        """What the operator hears back."""
        name = str(order.get("order", ""))
        if name in PASSED_ON:
            self._brain.pass_on(name)
            return {}
        if name not in self._known:
            raise InputError(
                "order", f"{name[:40]!r} is none; there are {', '.join(sorted({*PASSED_ON, *self._known}))}"
            )
        return self._known[name](order)

    def renew(self, today: dt.date) -> None:
        """A new day: facts that were valid until yesterday are not said any more."""
        ground = self._brain.texts.writer.ground
        if ground.today != today:
            self._change(ground.facts, today)

    def _say(self, order: Order) -> Order:
        text = _text(order, "text", LONGEST_SAID)
        problems = self._brain.say(text)
        if problems:
            raise InputError("text", f"may not be said: {'; '.join(problems)}", "may_not_be_said")
        return {}

    def _facts(self, order: Order) -> Order:
        """The facts that hold from now on; those that are not named stay as they are, an empty text takes one away."""
        told = order.get("facts")
        if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
            raise InputError("facts", "is not a list of facts like {id, text}")
        ground = self._brain.texts.writer.ground
        changed = {_text(each, "id", 40): str(each.get("text", ""))[:300].strip() for each in told}
        kept = [Fact(f.id, changed.get(f.id, f.text), f.evidence, f.valid_until) for f in ground.facts]
        new = [Fact(key, text) for key, text in changed.items() if key not in {fact.id for fact in ground.facts}]
        self._change(tuple(fact for fact in (*kept, *new) if fact.text), ground.today)
        return {"facts": len(changed)}

    def _change(self, facts: tuple[Fact, ...], today: dt.date) -> None:
        brain = self._brain
        ground = brain.texts.writer.ground.with_facts(facts, today)
        brain.change_facts(room_texts(brain.room, ground, self._host))

    def _comments(self, order: Order) -> Order:
        told = order.get("comments")
        if not isinstance(told, list) or len(told) > MOST_COMMENTS or not all(isinstance(each, dict) for each in told):
            raise InputError("comments", f"is not a list of at most {MOST_COMMENTS} comments")
        heard = [(_text(each, "viewer", 100), str(each.get("name", ""))[:100], _said(each)) for each in told]
        for viewer, name, text in heard:
            self._brain.heard_live(viewer, name, text)
        return {"comments": len(heard)}

    def _status(self, order: Order) -> Order:
        brain = self._brain
        return {
            "open": len(brain.desk),
            "paused": brain.is_paused,
            "outcomes": [asdict(each) for each in list(brain.outcomes)],
        }


def _text(payload: dict[str, Any], field: str, longest: int) -> str:
    value = payload.get(field)
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise InputError(field, f"is not a text of 1 to {longest} characters")
    return value.strip()


def _said(payload: dict[str, Any]) -> str:
    """A comment may be empty or only a picture; it is let go later, with its reason."""
    value = payload.get("text")
    if not isinstance(value, str) or len(value) > LONGEST_COMMENT:
        raise InputError("text", f"is not a text of at most {LONGEST_COMMENT} characters")
    return value
