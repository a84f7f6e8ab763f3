"""The people a language model plays: who they are comes from a file and a seed that no policy sees."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from agentbot.simulator.advertiser import SimulatedAdvertiser, advertisers

_FILE = Path(__file__).with_name("personas.yaml")
WILLING = 0.6
"""From here on a visitor who is treated well leaves a number."""
WORRIED = 0.5
"""Share of people who bring a worry."""


@dataclass(frozen=True)
class Person:
    """One line of the file: words for both languages, and the ranges their traits are drawn from."""

    id: str
    words: dict[str, str]
    patience: tuple[float, float]
    trust: tuple[float, float]
    willingness: tuple[float, float]


@dataclass(frozen=True)
class Persona:
    """A person who came to one advertiser for something. `trust` and `willingness` 0..1, `patience` in turns."""

    id: str
    advertiser: SimulatedAdvertiser
    person: str
    want: str
    worry: str
    patience: int
    trust: float
    willingness: float

    @property
    def is_willing(self) -> bool:
        return self.willingness >= WILLING


@lru_cache(maxsize=1)
def people() -> tuple[Person, ...]:
    """Everybody in the file, in its order."""
    raw = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(_person(key, text.split(" | ")) for key, text in raw.items() if key != "version")


def _person(key: str, parts: list[str]) -> Person:
    chinese, english, *ranges = (part.strip() for part in parts)
    patience, trust, willingness = (_range(each) for each in ranges)
    return Person(key, {"zh-CN": chinese, "en": english}, patience, trust, willingness)


def _range(text: str) -> tuple[float, float]:
    low, _, high = text.partition("-")
    return float(low), float(high)


def draw_personas(count: int, seed: int) -> tuple[Persona, ...]:
    """`count` personas: every advertiser in turn, people and traits drawn by `seed`, nobody twice before all came."""
    chance, known = random.Random(seed), advertisers()
    drawn: list[Persona] = []
    deck: list[Person] = []
    for place in range(count):
        deck = deck or chance.sample(people(), len(people()))
        drawn.append(_persona(deck.pop(), known[place % len(known)], chance))
    return tuple(drawn)


def _persona(person: Person, advertiser: SimulatedAdvertiser, chance: random.Random) -> Persona:
    language = advertiser.knowledge.language
    is_worried = chance.random() < WORRIED
    return Persona(
        id=f"{person.id}@{advertiser.knowledge.advertiser}",
        advertiser=advertiser,
        person=person.words[language],
        want=chance.choice(advertiser.lines["open"]),
        worry=chance.choice(advertiser.lines["worry"]) if is_worried else "",
        patience=round(chance.uniform(*person.patience)),
        trust=round(chance.uniform(*person.trust), 2),
        willingness=round(chance.uniform(*person.willingness), 2),
    )
