"""What a room may say in answer, and whether a text keeps to it: the gate before the voice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from agentbot.api import faults, knowledge_from_facts, written_contacts
from agentbot.contracts import Knowledge
from avatar.scripts.checking import check_line
from avatar.speech.clauses import split_sentences
from core.claims import valid_facts
from core.contracts import Fact, Language, Platform


@dataclass(frozen=True)
class Ground:
    """The facts of the room's product and what its advertiser approves of besides, on one day.

    `facts` as on RoomConfig; `own` is the advertiser's knowledge, None for a room that has none.
    """

    name: str
    facts: tuple[Fact, ...]
    language: Language
    platform: Platform
    today: dt.date
    own: Knowledge | None = None

    @cached_property
    def knowledge(self) -> Knowledge:
        """The product's facts that hold today, with the advertiser's articles and prices beside them."""
        of_facts = knowledge_from_facts(self.name, valid_facts(self.facts, self.today), self.language)
        if self.own is None:
            return of_facts
        articles = (*self.own.articles, *of_facts.articles)
        version = f"{self.own.version}:{of_facts.version}"
        return replace(self.own, language=self.language, articles=articles, version=version)

    @cached_property
    def approved(self) -> tuple[Fact, ...]:
        """Everything a number or a claim may rest on."""
        own = self.own.articles if self.own is not None else ()
        return (*self.facts, *(Fact(f"article:{each.id}", f"{each.title} {each.text}") for each in own))

    def problems(self, text: str, *, quoted: Sequence[Fact] = (), by_model: bool = False) -> tuple[str, ...]:
        """Why `text` may not be said, as `rule: words`; () when it may.

        Every sentence is held against advertising law, the platform's words, and the facts: no number and no
        claim without one. `quoted` are approved texts that are no article (prices in force). What a model
        wrote has to stand in approved words as well and may promise nothing.
        """
        facts = (*self.approved, *quoted)
        found = [
            f"{problem.rule}: {problem.word}"
            for sentence in split_sentences(text)
            for problem in check_line(sentence, facts, self.language, self.platform, self.today)
        ]
        if written_contacts(text):
            found.append("contact")
        if by_model:
            found += faults(text, self.knowledge, self.today)
        return tuple(found)
