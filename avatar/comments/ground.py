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
    """The facts of the room's product and what its advertiser approves of, on one day."""

    facts: tuple[Fact, ...]
    knowledge: Knowledge
    language: Language
    platform: Platform
    today: dt.date
    is_of_facts: bool = False

    @classmethod
    def of_facts(
        cls, name: str, facts: tuple[Fact, ...], language: Language, platform: Platform, today: dt.date
    ) -> Ground:
        """A room that has nothing but its product's facts."""
        knowledge = knowledge_from_facts(name, valid_facts(facts, today), language)
        return cls(facts, knowledge, language, platform, today, is_of_facts=True)

    def with_facts(self, facts: tuple[Fact, ...], today: dt.date) -> Ground:
        """The same room under other facts, or on another day."""
        if self.is_of_facts:
            return Ground.of_facts(self.knowledge.name, facts, self.language, self.platform, today)
        return replace(self, facts=facts, today=today)

    @cached_property
    def approved(self) -> tuple[Fact, ...]:
        """Everything a number or a claim may rest on; prices out of force are left out."""
        articles = tuple(Fact(f"article:{each.id}", f"{each.title} {each.text}") for each in self.knowledge.articles)
        return (*self.facts, *articles)

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
