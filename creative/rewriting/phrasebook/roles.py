"""How each role is said: its cores, what may stand before and after them, and what to say without facts."""

from __future__ import annotations

import re

from creative.contracts import Role
from creative.rewriting.phrasebook.fitting import Book, Option, Room, fit_line
from creative.rewriting.phrasebook.phrases import CategoryPhrases, GeneralPhrases, Phrase
from creative.rewriting.phrasebook.product import Sayable
from creative.rewriting.phrasebook.shapes import PROOF_SHAPES

Core = tuple[str, tuple[str, ...]]
_MOST_FACTS = 5


_PRICE_TALK = re.compile(
    r"价|多少钱|\bprices?\b|\bcosts?\b|numbers?\b|[Hh]ow much|\bpay\b|\btag\b|\bmath\b", re.IGNORECASE
)
"""Leads and tails that only go with a price, not with an offer alone."""


def _names(phrase: str) -> bool:
    """Whether a phrase says the product's name."""
    return "{name}" in phrase or "{short}" in phrase


class Roles:
    """Says one line per call for the script in `book`."""

    def __init__(self, book: Book, general: GeneralPhrases, category: CategoryPhrases) -> None:
        self.book = book
        self.general = general
        self.category = category
        self.facts = list(book.product.facts)
        book.rng.shuffle(self.facts)
        self.name_said = False

    def say(self, role: Role, room: Room) -> Option | None:
        """A line for `role`, or None where nothing at all can be said."""
        say = {
            "pain": self._pain,
            "selling_point": self._selling_point,
            "proof": self._proof,
            "offer": self._offer,
            "cta": self._call,
        }
        option = say[role](room)
        if option:
            self.note(option)
        return option

    def note(self, option: Option) -> None:
        """Remember what a line used up, and whether it named the product."""
        self.book.used.update((*option.uses, option.text))
        self.facts = [fact for fact in self.facts if "fact:" + fact.text not in option.uses]
        names = [self.book.product.fields.get(field, "") for field in ("name", "short")]
        self.name_said = self.name_said or any(name and name.lower() in option.text.lower() for name in names)

    def _pain(self, room: Room) -> Option | None:
        own, general = self.book.pick(self.category.pains), self.book.pick(self.general.pains)
        mixed = own[:8] + general[:5]
        self.book.rng.shuffle(mixed)
        cores: list[Core] = [(text, (phrase,)) for text, phrase in mixed]
        return fit_line(self.book, room, cores, (), self.book.pick(self.general.pain_tails))

    def _selling_point(self, room: Room) -> Option | None:
        facts = [fact for fact in self.facts if fact.shape not in PROOF_SHAPES] or self.facts
        said = self._facts(room, facts, self.general.fact_leads, self.general.fact_tails)
        return said if said and room.holds(said.seconds) else self._use(room) or said

    def _proof(self, room: Room) -> Option | None:
        facts = [fact for fact in self.facts if fact.shape in PROOF_SHAPES] or self.facts
        said = self._facts(room, facts, self.general.proof_leads, self.general.proof_tails)
        return said if said and room.holds(said.seconds) else self._show(room) or said

    def _facts(
        self, room: Room, facts: list[Sayable], leads: tuple[Phrase, ...], tails: tuple[Phrase, ...]
    ) -> Option | None:
        groups = self._groups(room, facts)
        naming = tuple(lead for lead in leads if _names(lead.text)) if not self.name_said else ()
        if naming and "name" in self.book.product.fields:
            named = self._best_fact(room, groups, naming, tails, needs_lead=True)
            if named and room.holds(named.seconds) and named.off <= 0.5:
                return named
        return self._best_fact(room, groups, leads, tails)

    def _best_fact(
        self,
        room: Room,
        groups: list[tuple[Sayable, ...]],
        leads: tuple[Phrase, ...],
        tails: tuple[Phrase, ...],
        needs_lead: bool = False,
    ) -> Option | None:
        best: Option | None = None
        before = self.book.pick(leads)
        for group in groups:
            shape = tuple(phrase for fact in group for phrase in self.general.shape_tails.get(fact.shape, ()))
            core = ("，" if self.book.language == "zh-CN" else ", ").join(fact.text for fact in group)
            cores: list[Core] = [(core, tuple("fact:" + fact.text for fact in group))]
            after = self.book.pick((*tails, *shape))
            option = fit_line(self.book, room, cores, before, after, bare=not needs_lead, needs_lead=needs_lead)
            if option and option.off <= 0.48 and room.holds(option.seconds):
                return option
            if option and (best is None or option.off < best.off):
                best = option
        return best

    def _fit_named(
        self, room: Room, cores: list[Core], leads: tuple[Phrase, ...], tails: tuple[Phrase, ...]
    ) -> Option | None:
        """The core with what fits round it; until the product has been named, a lead that names it where one fits."""
        before, after = self.book.pick(leads), self.book.pick(tails)
        if not any(self.book.product.price and self.book.product.price in core for core, _ in cores):
            before, after = ([part for part in parts if not _PRICE_TALK.search(part[1])] for parts in (before, after))
        naming = [part for part in before if _names(part[1])]
        if naming and not self.name_said:
            named = fit_line(self.book, room, cores, naming, after, bare=False, needs_lead=True)
            if named and room.holds(named.seconds) and named.off <= 0.45:
                return named
        return fit_line(self.book, room, cores, before, after)

    def _groups(self, room: Room, facts: list[Sayable]) -> list[tuple[Sayable, ...]]:
        """Single facts that fit, and pairs where one alone would leave the slot empty."""
        singles = [(fact,) for fact in facts if self.book.measure(fact.text) <= room.budget.max_seconds][:_MOST_FACTS]
        pairs: list[tuple[Sayable, ...]] = []
        if room.target >= 3.0 and len(facts) >= 5:
            pairs = [(facts[0], other) for other in facts[1:4] if len(facts[0].text) + len(other.text) < 60]
        self.book.rng.shuffle(pairs)
        return [*pairs[:1], *singles, *pairs[1:]] if self.book.rng.random() < 0.5 else [*singles, *pairs]

    def _use(self, room: Room) -> Option | None:
        own, general = self.book.pick(self.category.uses), self.book.pick(self.general.uses)
        mixed = own[:7] + general[:5]
        self.book.rng.shuffle(mixed)
        cores: list[Core] = [(text, (phrase,)) for text, phrase in mixed]
        return fit_line(self.book, room, cores, (), self.book.pick(self.general.use_tails))

    def _show(self, room: Room) -> Option | None:
        mixed = self.book.pick(self.general.proofs)
        cores: list[Core] = [(text, (phrase,)) for text, phrase in mixed[:12]]
        return fit_line(self.book, room, cores, (), mixed[12:])

    def _offer(self, room: Room) -> Option | None:
        product = self.book.product
        both = self._price_and_offer()
        plain_cores = [text for text in dict.fromkeys((both, product.price, product.offer)) if text]
        plain_cores = [text for text in plain_cores if f"said:{text}" not in self.book.used]
        cores: list[Core] = [(way, ()) for text in plain_cores for way in self._ways(text)]
        said = self._first_that_fits(room, cores)
        if said:
            return Option(
                said.text,
                said.seconds,
                (*said.uses, *(f"said:{text}" for text in plain_cores if text.lower() in said.text.lower())),
                said.off,
            )
        mixed = self.book.pick(self.general.no_offer)
        plain: list[Core] = [(text, (phrase,)) for text, phrase in mixed]
        if product.price or product.offer:
            plain = [(text, uses) for text, uses in plain if not cores]
        return fit_line(self.book, room, plain, self.book.pick(self.general.cta_leads), ())

    def _ways(self, text: str) -> list[str]:
        """A price with a word before it, as one says it: 只要39.9元, just $4.99; an offer alone as it is."""
        price = self.book.product.price
        if not price or not text.startswith(price) or not any(char.isdigit() for char in price[:2]):
            return [text]
        words = ("", "只要", "就") if self.book.language == "zh-CN" else ("", "Just ", "It's ")
        ways = [word + text for word in words]
        self.book.rng.shuffle(ways)
        return ways

    def _first_that_fits(self, room: Room, cores: list[Core]) -> Option | None:
        """Price with offer before price alone before offer alone: what the slot has room for."""
        last: Option | None = None
        for core in cores:
            said = self._fit_named(room, [core], self.general.offer_leads, self.general.offer_tails)
            if said and room.holds(said.seconds):
                return said
            last = said if said and (last is None or said.off < last.off) else last
        return last

    def _price_and_offer(self) -> str:
        product = self.book.product
        mark = "，" if self.book.language == "zh-CN" else ". "
        return mark.join(part for part in (product.price, product.offer) if part)

    def _call(self, room: Room) -> Option | None:
        calls: list[Core] = [(text, (phrase,)) for text, phrase in self.book.pick(self.general.calls)]
        own: list[Core] = [
            (text, ("said:" + text,)) for text in self._own_calls() if "said:" + text not in self.book.used
        ]
        leads = self.book.pick(self.general.cta_leads)
        tails = self.book.pick(self.general.cta_tails)
        for late in self._late_offers():
            said = fit_line(self.book, room, [*own, *calls], [late], tails, bare=False, needs_lead=True)
            if said and room.holds(said.seconds):
                return said
        if not self.name_said:
            naming = [part for part in leads if _names(part[1])], [part for part in tails if _names(part[1])]
            for before, after in ((naming[0], tails), (leads, naming[1])):
                is_tail = after is naming[1]
                named = fit_line(
                    self.book,
                    room,
                    [*own, *calls],
                    before,
                    after,
                    bare=False,
                    needs_lead=not is_tail,
                    needs_tail=is_tail,
                )
                if named and room.holds(named.seconds):
                    return named
        for core in own:
            said = fit_line(self.book, room, [core], leads, tails)
            if said and room.holds(said.seconds):
                return said
        return fit_line(self.book, room, calls, leads, tails)

    def _late_offers(self) -> list[tuple[str, str]]:
        """Price and offer as leads, as far as no offer slot has said them."""
        product, mark = self.book.product, "，" if self.book.language == "zh-CN" else "."
        said = {use.removeprefix("said:") for use in self.book.used if use.startswith("said:")}
        waiting = [text for text in (product.price, product.offer) if text and not any(text in each for each in said)]
        texts = [self._price_and_offer(), *waiting] if len(waiting) == 2 else waiting
        return [(text + mark, "said:" + text) for text in texts]

    def _own_calls(self) -> list[str]:
        """The advertiser's own call, and its first clause for slots too short for all of it."""
        call = self.book.product.call
        first = re.split(r"[，,；;。]|\. ", call)[0].strip()
        return list(dict.fromkeys(text for text in (call, first if len(first) >= 4 else "") if text))
