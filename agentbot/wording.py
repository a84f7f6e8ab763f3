"""Saying things in words not yet used in this conversation."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from agentbot.contracts import Said
from agentbot.language import sentences, spaced
from agentbot.packs import Pack


def spoken(history: Iterable[Said]) -> set[str]:
    """Every sentence of ours so far, marks and spaces aside."""
    return {bare(piece) for said in history if said.author != "visitor" for piece in sentences(said.text)}


def bare(sentence: str) -> str:
    return re.sub(r"[\W_]+", "", sentence).casefold()


@dataclass
class Wording:
    """One turn's voice: picks phrases by `chance`, unused ones first, and fills in names.

    `used` grows as sentences are chosen, so one turn does not repeat itself either.
    """

    pack: Pack
    chance: random.Random
    used: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)

    def say(self, key: str, **values: str) -> str:
        """A phrase of the pack under `key`, filled; "" where the pack has none."""
        return self.one_of(self.pack.phrases.get(key, ()), **values)

    def one_of(self, phrases: Sequence[str], **values: str) -> str:
        """One of `phrases`, filled: one with no sentence said before while there is any."""
        filled = [self.fill(phrase, **values) for phrase in phrases]
        fresh = [text for text in filled if not self.is_stale(text)]
        if not (fresh or filled):
            return ""
        new = [self.fill(phrase, **values) for phrase in phrases if not self._was_heard(phrase)]
        text = self.chance.choice([text for text in new if text in fresh] or fresh or filled)
        return self.keep(text) if fresh else self.again(text)

    def _was_heard(self, phrase: str) -> bool:
        """Whether a sentence of this make was said before, whatever names stood in it."""
        shape = ".+".join(re.escape(bare(piece)) for piece in re.split(r"\{\w+\}", sentences(phrase)[0]))
        return any(re.fullmatch(shape, said) for said in self.used)

    def unsaid(self, key: str, **values: str) -> str:
        """A phrase under `key` that was not said before; "" when all were."""
        phrases = [each for each in self.pack.phrases.get(key, ()) if not self.is_stale(self.fill(each, **values))]
        return self.one_of(phrases, **values)

    def fill(self, phrase: str, **values: str) -> str:
        filled = re.sub(r"\{(\w+)\}", lambda found: (self.names | values).get(found[1], found[0]), phrase)
        return spaced(filled) if self.pack.language == "zh-CN" else filled

    def is_stale(self, text: str) -> bool:
        return any(bare(piece) in self.used for piece in sentences(text))

    def keep(self, text: str) -> str:
        """`text`, noted as said."""
        self.used.update(bare(piece) for piece in sentences(text))
        return text

    def again(self, text: str) -> str:
        """`text` said before, with words in front that own up to it."""
        for lead in self._shuffled(self.pack.phrases.get("again", ())):
            said = f"{lead} {text}" if lead.endswith(":") else lead + text
            if not self.is_stale(said):
                return self.keep(said)
        return self.keep(text)

    def quote(self, text: str) -> str:
        """Approved words as they stand, or with a lead when they were said before."""
        return self.again(text) if self.is_stale(text) else self.keep(text)

    def _shuffled(self, phrases: Sequence[str]) -> list[str]:
        return self.chance.sample(list(phrases), len(phrases))
