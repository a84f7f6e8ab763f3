"""What an advertiser sells, as it is said to a visitor: its names, its prices, and all of it at a glance."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from agentbot.contracts import Knowledge, PriceFact
from agentbot.knowledge import item_text, price_text, things_for_sale
from agentbot.knowledge.terms import groups, residue
from agentbot.language import width
from agentbot.packs import GENERAL, Pack, load_pack
from agentbot.wording import Wording
from core.search.words import normalise

MOST_ITEMS = 4
LIST_WIDTH = 48.0
"""Room for a list of prices beside the words that lead it in."""
LEAST_FIT, LEAST_HINT = 0.5, 0.3
"""Half of a name spoken of is that thing: Yunnan of the Yunnan tour. A hint will do where it fits one thing best."""
SAME_TOPIC = 0.6
_MODEL = re.compile(r"(?<![a-z])[a-z]{1,3}\d+[a-z]*")


@dataclass(frozen=True)
class Offer:
    """`pack` is of the knowledge's language; the wording's is the visitor's."""

    knowledge: Knowledge
    wording: Wording
    pack: Pack
    today: dt.date

    @property
    def facts(self) -> tuple[PriceFact, ...]:
        return things_for_sale(self.knowledge.prices, self.today)

    @property
    def _is_zh(self) -> bool:
        return self.wording.pack.language == "zh-CN"

    def price(self, fact: PriceFact, usual: str = "price") -> str:
        """One price in a sentence; `usual` is the phrase for what is neither a rate nor free."""
        key = "rate" if fact.currency == "%" else usual if fact.amount_minor else "free"
        return self.wording.say(key, item=self.item(fact), price=self._amount(fact))

    def prices(self, facts: Sequence[PriceFact]) -> str:
        """As many of them as fit into one part."""
        between, mark = ("，" if self._is_zh else "; "), (" " if self._is_zh else ": ")
        each = [f"{self.item(fact)}{mark}{self._amount(fact)}" for fact in facts]
        while len(each) > 1 and width(between.join(each)) > LIST_WIDTH:
            each.pop()
        return self.wording.say("price_list", prices=between.join(each))

    def overview(self) -> tuple[str, tuple[str, ...]] | None:
        """What there is, and the ids behind it: the price list's names, else the articles' titles."""
        facts, articles = self.facts, self.knowledge.articles
        names = [self.item(fact) for fact in facts] or [article.title for article in articles]
        if not names or (not facts and self.knowledge.language != self.wording.pack.language):
            return None
        few = "overview_one" if len(names) == 1 else "overview" if len(names) <= MOST_ITEMS else "overview_some"
        shown = ("、" if self._is_zh else ", ").join(names[:MOST_ITEMS])
        text = self.wording.say(few if facts else "overview_titles", items=shown)
        return text, tuple(each.id for each in facts or articles)

    def fit(self, text: str, name: str) -> float:
        """Share of `name` that `text` speaks of, 0..1; none where the text names a model that `name` is not.

        A word of the name counts whole where it stands in the text, and less where only its topic does.
        """
        flat, units = normalise(text), self._units(name)
        models = _MODEL.findall(flat)
        if not units or (models and not any(model in normalise(name) for model in models)):
            return 0.0
        topics = self._topics(text)
        met = sum(1.0 if unit in flat else SAME_TOPIC if topics & self._topics(unit) else 0.0 for unit in units)
        return met / len(units)

    def meant(self, text: str, least: float = LEAST_HINT) -> PriceFact | None:
        """The one thing for sale that `text` hints at more than at any other."""
        fits = sorted(((self.fit(text, fact.item), -place) for place, fact in enumerate(self.facts)), reverse=True)
        if not fits or fits[0][0] < least or (len(fits) > 1 and fits[1][0] == fits[0][0]):
            return None
        return self.facts[-fits[0][1]]

    def is_plain(self, told: Sequence[str]) -> bool:
        """Whether it is plain what the visitor came for: they named it, or there is but one thing."""
        text = " ".join(told)
        return len(self.facts) == 1 or any(self.fit(text, fact.item) >= LEAST_HINT for fact in self.facts)

    def _topics(self, text: str) -> set[str]:
        general = load_pack(GENERAL, self.pack.language).glossary
        return {name for name in groups(text, self.pack) if name not in general}

    def _units(self, name: str) -> list[str]:
        """The words of a name, none inside another."""
        general = load_pack(GENERAL, self.pack.language).glossary
        found = [word for word in residue(name, self.pack, frozenset(general)) if len(word) > 1]
        return [word for word in found if not any(word != other and word in other for other in found)]

    def item(self, fact: PriceFact) -> str:
        """As it is said in a sentence: an English name is small unless it is somebody's own."""
        item = item_text(fact, self.wording.pack.language)
        first, _, rest = item.partition(" ")
        is_common = not self._is_zh and item.isascii() and first.isalpha() and f"{first[1:]}{rest}".islower()
        is_proper = any(re.search(rf"[a-z,] {first}\b", article.text) for article in self.knowledge.articles)
        return item[:1].lower() + item[1:] if is_common and not is_proper and len(first) > 1 else item

    def _amount(self, fact: PriceFact) -> str:
        return price_text(fact, self.wording.pack.language)
