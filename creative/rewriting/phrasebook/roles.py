"""How each role is said: its cores, what may stand before and after them, and what to say without facts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from creative.contracts import Role
from creative.rewriting.phrasebook.fitting import Book, Option, Room, echoes, fit_line
from creative.rewriting.phrasebook.phrases import CategoryPhrases, GeneralPhrases, Phrase, Story
from creative.rewriting.phrasebook.product import Sayable
from creative.rewriting.phrasebook.shapes import AFTER_SALE, FEATURE, PACKAGING, PROOF_SHAPES, SHIPPING, fact_rank
from creative.rewriting.phrasebook.stories import Chosen, answering, ranked_facts, story_use

Core = tuple[str, tuple[str, ...]]
_MOST_FACTS = 5
_NAMED_FACTS = 3
"""So many facts are tried with the product's name before one without it."""
_CLOSE = 0.4
"""An offer this near its slot's length, in seconds, stands alone."""


_PRICE_TALK = re.compile(
    r"价|多少钱|\bprices?\b|\bcosts?\b|numbers?\b|[Hh]ow much|\bpay\b|\btag\b|\bmath\b", re.IGNORECASE
)
"""Leads and tails that only go with a price, not with an offer alone."""


def _names(phrase: str) -> bool:
    """Whether a phrase says the product's name."""
    return any(field in phrase for field in ("{name}", "{short}", "{brand}"))


class Roles:
    """Says one line per call for the script in `book`; `turn` says which of the facts come first."""

    def __init__(
        self,
        book: Book,
        general: GeneralPhrases,
        category: CategoryPhrases,
        stories: Sequence[Chosen],
        turn: int,
    ) -> None:
        self.book = book
        self.general = general
        self.category = category
        self.stories = stories
        self.story: Story | None = None
        self.hook = ""
        self.facts = ranked_facts(book.product, turn)
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
        """Remember what a line used up, which story it tells, and whether it named the product."""
        self.book.used.update((*option.uses, option.text))
        self.facts = [fact for fact in self.facts if "fact:" + fact.text not in option.uses]
        names = [self.book.product.fields.get(field, "") for field in ("name", "short")]
        self.name_said = self.name_said or any(name and name.lower() in option.text.lower() for name in names)
        told = {use for use in option.uses if use.startswith("story:")}
        every = (*(each.story for each in self.stories), *self.general.stories)
        self.story = next((story for story in every if story_use(story) in told), self.story)

    def open(self, option: Option) -> None:
        """Note the hook: what follows belongs to it and does not say its words again."""
        self.note(option)
        self.hook = option.text

    def _pain(self, room: Room) -> Option | None:
        story = self.story or self.book.rng.choice(self.stories[:3]).story
        own = self.book.pick(story.pains)
        general = [pain for each in self.general.stories for pain in self.book.pick(each.pains)]
        cores: list[Core] = [
            (text, (phrase, story_use(story) if place < len(own) else ""))
            for place, (text, phrase) in enumerate([*own, *general])
            if not echoes(self.book.language, self.hook, text)
        ]
        tails = self.book.pick(self.general.pain_tails)
        said = fit_line(self.book, room, cores[: len(own)], (), tails) if own else None
        if said and room.holds(said.seconds):
            return said
        return fit_line(self.book, room, cores, (), tails) or said

    def _selling_point(self, room: Room) -> Option | None:
        answers = answering(self.story, self.facts, self.book.product)
        rest = [fact for fact in self._sellable() if fact not in answers]
        said = self._facts(room, [*answers, *rest], self.general.fact_leads, self.general.fact_tails)
        return said if said and room.holds(said.seconds) else self._use(room) or said

    def _proof(self, room: Room) -> Option | None:
        sellable = self._sellable()
        best = [fact for fact in sellable if fact.shape in PROOF_SHAPES]
        facts = [*best, *(fact for fact in sellable if fact not in best)] or self._ranked(AFTER_SALE)
        said = self._facts(room, facts, self.general.proof_leads, self.general.proof_tails, self.general.label_leads)
        return said if said and room.holds(said.seconds) else self._show(room) or said

    def _sellable(self) -> list[Sayable]:
        """What is left of the facts that sell: a pack or its contents only where nothing stronger is left."""
        strong = [fact for fact in self.facts if self._rank(fact) <= FEATURE]
        return strong or self._ranked(PACKAGING)

    def _ranked(self, rank: int) -> list[Sayable]:
        return [fact for fact in self.facts if self._rank(fact) == rank]

    def _rank(self, fact: Sayable) -> int:
        return fact_rank(fact.text, self.book.language)

    def _facts(
        self,
        room: Room,
        facts: list[Sayable],
        leads: tuple[Phrase, ...],
        tails: tuple[Phrase, ...],
        label_leads: tuple[Phrase, ...] = (),
    ) -> Option | None:
        groups = self._groups(room, facts)
        naming = tuple(lead for lead in leads if _names(lead.text)) if not self.name_said else ()
        if naming and "name" in self.book.product.fields:
            named = self._best_fact(room, groups[:_NAMED_FACTS], naming, tails, needs_lead=True)
            if named and room.holds(named.seconds) and named.off <= 0.5:
                return named
        return self._best_fact(room, groups, leads, tails, label_leads=label_leads)

    def _best_fact(
        self,
        room: Room,
        groups: list[tuple[Sayable, ...]],
        leads: tuple[Phrase, ...],
        tails: tuple[Phrase, ...],
        needs_lead: bool = False,
        label_leads: tuple[Phrase, ...] = (),
    ) -> Option | None:
        best: Option | None = None
        for group in groups:
            on_label = label_leads if len(group) == 1 and group[0].is_on_label else ()
            named = self.name_said and not needs_lead
            before = [lead for lead in self.book.pick((*leads, *on_label)) if not (named and _names(lead[1]))]
            shape = self._tails_of(group)
            core = ("，" if self.book.language == "zh-CN" else ", ").join(fact.text for fact in group)
            uses = tuple("fact:" + fact.text for fact in group)
            spoken = group[0].spoken(self.book.language)
            cores: list[Core] = [(spoken, uses)] if len(group) == 1 and spoken != core else []
            cores.append((core, uses))
            after = self.book.pick((*shape, *tails) if self.book.rng.random() < 0.25 else shape or tails)
            option = fit_line(self.book, room, cores, before, after, bare=not needs_lead, needs_lead=needs_lead)
            if option and option.off <= 0.48 and room.holds(option.seconds):
                return option
            if option and (best is None or option.off < best.off):
                best = option
        return best

    def _tails_of(self, group: tuple[Sayable, ...]) -> tuple[Phrase, ...]:
        """What these facts mean for the viewer: by their shape, and how the story ends where they answer it."""
        shape = tuple(phrase for fact in group for phrase in self.general.shape_tails.get(fact.shape, ()))
        is_answer = self.story is not None and answering(self.story, list(group), self.book.product)
        return (*self.story.afters, *shape) if self.story and is_answer else shape

    def _fit_named(
        self, room: Room, cores: list[Core], leads: tuple[Phrase, ...], tails: tuple[Phrase, ...]
    ) -> Option | None:
        """The core with what fits round it; until the product has been named, a lead that names it where one fits."""
        before, after = self.book.pick(leads), self.book.pick(tails)
        if not any(self.book.product.price and self.book.product.price in core for core, _ in cores):
            before, after = ([part for part in parts if not _PRICE_TALK.search(part[1])] for parts in (before, after))
        naming = [part for part in before if _names(part[1])]
        if self.name_said or any(self._says_name(core) for core, _ in cores):
            before = [part for part in before if part not in naming]
        elif naming:
            named = fit_line(self.book, room, cores, naming, after, bare=False, needs_lead=True)
            if named and room.holds(named.seconds) and named.off <= 0.45:
                return named
        return fit_line(self.book, room, cores, before, after)

    def _groups(self, room: Room, facts: list[Sayable]) -> list[tuple[Sayable, ...]]:
        """Single facts that fit, the first with another of its weight where one alone would leave the slot empty."""
        singles = [(fact,) for fact in facts if self.book.measure(fact.text) <= room.budget.max_seconds][:_MOST_FACTS]
        if room.target < 3.0 or len(facts) < 5 or self.book.rng.random() < 0.6:
            return list(singles)
        pairs = [(facts[0], other) for other in facts[1:4] if len(facts[0].text) + len(other.text) < 60]
        return [*pairs[:1], *singles, *pairs[1:]]

    def _use(self, room: Room) -> Option | None:
        story = self.book.pick(self.story.afters) if self.story else []
        own = self.book.pick(self.category.uses) if self.book.product.is_known else []
        general = self.book.pick(self.general.uses)
        mixed = own[:7] + general[:5]
        self.book.rng.shuffle(mixed)
        cores: list[Core] = [(text, (phrase,)) for text, phrase in [*story, *mixed]]
        if not self.name_said and "name" in self.book.product.fields:
            leads = [part for part in self.book.pick(self.general.fact_leads) if _names(part[1])]
            small = [(text[:1].lower() + text[1:], uses) for text, uses in cores]
            named = fit_line(self.book, room, small, leads, (), bare=False, needs_lead=True)
            if named and room.holds(named.seconds) and named.off <= 0.45:
                return named
        alone = fit_line(self.book, room, cores, (), ())
        if alone and room.holds(alone.seconds):
            return alone
        return fit_line(self.book, room, cores, (), self.book.pick(self.general.use_tails))

    def _show(self, room: Room) -> Option | None:
        mixed = self.book.pick(self.general.proofs)
        cores: list[Core] = [(text, (phrase,)) for text, phrase in mixed[:12]]
        return fit_line(self.book, room, cores, (), mixed[12:])

    def _offer(self, room: Room) -> Option | None:
        product = self.book.product
        waiting = [text for text in (product.price, product.offer) if text and f"said:{text}" not in self.book.used]
        said = self._first_that_fits(room, self._offer_ways(waiting)) if waiting else None
        if said:
            found = tuple(f"said:{text}" for text in waiting if text.lower() in said.text.lower())
            return Option(said.text, said.seconds, (*said.uses, *found), said.off)
        if product.price or product.offer:
            return self._parcel(room)
        plain: list[Core] = [(text, (phrase,)) for text, phrase in self.book.pick(self.general.no_offer)]
        return fit_line(self.book, room, plain, (), ())

    def _offer_ways(self, waiting: list[str]) -> list[list[Core]]:
        """Price with offer before price alone before offer alone, each in the ways one says it."""
        product = self.book.product
        tiers: list[list[Core]] = []
        if len(waiting) == 2:
            tiers.append(self._ways(self.general.offers, plain=self._price_and_offer()))
        if product.price in waiting:
            tiers.append(self._ways(self.general.prices, plain=product.price))
        if product.offer in waiting:
            tiers.append([(product.offer, ())])
        return tiers

    def _ways(self, forms: tuple[Phrase, ...], plain: str) -> list[Core]:
        """The forms filled with price and offer, the plain one first; a price "from" an amount is said plainly only."""
        product = self.book.product
        if product.price.startswith("from ") or not any(char.isdigit() for char in product.price[:2]):
            return [(plain, ())]
        kept = [form for form in forms if not (product.offer[-1:].isdigit() and "{o}，{p}" in form.text)]
        spoken = [Phrase(form.text.replace("{p}", product.price).replace("{o}", product.offer)) for form in kept]
        return [(text, ()) for text, _ in self.book.pick(spoken)]

    def _first_that_fits(self, room: Room, tiers: list[list[Core]]) -> Option | None:
        """The first tier the slot has room for; a way that names the product while it is not named yet."""
        last: Option | None = None
        for cores in tiers:
            naming = [core for core in cores if self._says_name(core[0])] if not self.name_said else []
            others = [core for core in cores if not self._says_name(core[0])]
            for each in (naming, others):
                said = self._fit_offer(room, each)
                if said and room.holds(said.seconds):
                    return said
                last = said if said and (last is None or said.off < last.off) else last
        return last

    def _fit_offer(self, room: Room, cores: list[Core]) -> Option | None:
        """A way alone where one is near enough, else with words round it."""
        if not cores:
            return None
        alone = fit_line(self.book, room, cores, (), ())
        if alone and room.holds(alone.seconds) and alone.off <= _CLOSE and self.name_said:
            return alone
        dressed = self._fit_named(room, cores, self.general.offer_leads, self.general.offer_tails)
        found = [option for option in (dressed, alone) if option]
        holding = [option for option in found if room.holds(option.seconds)]
        if dressed in holding and not self.name_said and self._says_name(dressed.text):
            return dressed
        return min(holding or found, key=lambda option: option.off, default=None)

    def _says_name(self, text: str) -> bool:
        names = [self.book.product.fields.get(field, "") for field in ("name", "short")]
        return any(name and name.lower() in text.lower() for name in names)

    def _parcel(self, room: Room) -> Option | None:
        """How it comes and what if one does not like it: said where price and offer have been."""
        facts = [*self._ranked(AFTER_SALE), *self._ranked(SHIPPING)]
        groups: list[tuple[Sayable, ...]] = [(fact,) for fact in facts]
        return self._best_fact(room, groups, (), ()) or self._call(room)

    def _price_and_offer(self) -> str:
        product = self.book.product
        mark = "，" if self.book.language == "zh-CN" else ". "
        return mark.join(part for part in (product.price, product.offer) if part)

    def _call(self, room: Room) -> Option | None:
        phrases = self.category.calls if self.book.product.is_known else self.general.calls
        calls: list[Core] = [(text, (phrase,)) for text, phrase in self.book.pick(phrases)]
        own: list[Core] = [
            (text, ("said:" + text,)) for text in self._own_calls() if "said:" + text not in self.book.used
        ]
        short: list[Core] = [(text, (phrase,)) for text, phrase in self.book.pick(self.general.short_calls)]
        leads = self.book.pick(self.general.cta_leads)
        tails = self.book.pick(self.general.cta_tails)
        for late in self._late_offers():
            said = fit_line(self.book, room, [*own, *calls, *short], [late], tails, bare=False, needs_lead=True)
            if said and room.holds(said.seconds) and not (room.carry < -0.2 and room.grows(said.seconds)):
                return said
        if self.name_said and self.book.rng.random() < 0.5:
            said = self._call_with_parcel(room, [*own, *calls])
            if said:
                return said
        if not self.name_said:
            naming = [part for part in leads if _names(part[1])], [part for part in tails if _names(part[1])]
            for before, after in ((naming[0], tails), (leads, naming[1])):
                is_tail = after is naming[1]
                named = fit_line(
                    self.book,
                    room,
                    [*own, *calls, *short],
                    before,
                    after,
                    bare=False,
                    needs_lead=not is_tail,
                    needs_tail=is_tail,
                )
                if named and room.holds(named.seconds):
                    return named
        for core in [own[:1], self._mixed([*own[1:], *calls])]:
            said = fit_line(self.book, room, core, leads, tails) if core else None
            if said and room.holds(said.seconds) and not room.grows(said.seconds):
                return said
        return fit_line(self.book, room, [*own, *calls, *short], leads, tails)

    def _mixed(self, cores: list[Core]) -> list[Core]:
        self.book.rng.shuffle(cores)
        return cores

    def _call_with_parcel(self, room: Room, calls: list[Core]) -> Option | None:
        """Shipping or returns, then the call, where the slot has room for both."""
        mark = "，" if self.book.language == "zh-CN" else "."
        for fact in [*self._ranked(SHIPPING), *self._ranked(AFTER_SALE)]:
            lead = (fact.text + mark, "fact:" + fact.text)
            said = fit_line(self.book, room, calls, [lead], (), bare=False, needs_lead=True)
            if said and room.holds(said.seconds) and said.off <= 0.4:
                return said
        return None

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
