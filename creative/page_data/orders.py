"""The order dialog: what may be ordered, and what the material would carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.contracts import dump
from creative.bulk.contracts import ACCOUNT_LIMIT, Policy
from creative.contracts import Transition
from creative.page_data.bulk_side import ACCOUNT_SCALE, More, more_of
from creative.page_data.sentences import in_words
from creative.services.bulk.job import BULK_FROM
from creative.services.bulk.ordering import MOST_ADS
from creative.services.bulk.outlook import AccountOutlook, Outlook
from creative.services.headlines import MOST_HEADLINES, HeadlineHint

__all__ = [
    "BULK_FROM",
    "MOST_ADS",
    "POLICIES",
    "SHAPES",
    "TRANSITIONS",
    "USUAL_ADS",
    "Estimate",
    "estimate",
    "headline_notes",
]

SHAPES = ("1080x1920", "1080x1080", "1920x1080")
POLICIES: tuple[Policy, ...] = ("strict", "hook", "off")
TRANSITIONS: tuple[Transition, ...] = ("cut", "flash", "whip", "dip", "wipe", "fade", "slide")

USUAL_ADS = 6


@dataclass(frozen=True)
class Fading:
    """How a large batch fades: in what share of its ads, over how many pairs, and what they add to the picture."""

    share: float
    pairs: int
    more: float


@dataclass(frozen=True)
class Estimate:
    """What an order would come to: `made` of `asked` ads, of which `distinct` no two are alike.

    `account` is an estimate of how alike everything of the account is; `limit` and `scale` belong to its bar.
    """

    asked: int
    clips: int
    distinct: int
    policy: Policy
    more: tuple[More, ...]
    account: AccountOutlook
    fading: Fading | None
    limit: float = ACCOUNT_LIMIT
    scale: float = ACCOUNT_SCALE

    @property
    def is_short(self) -> bool:
        """Fewer will be made than were asked for."""
        return self.policy == "strict" and self.asked > self.distinct

    @property
    def is_alike(self) -> bool:
        """All will be made, but some will look alike."""
        return self.policy != "strict" and self.asked > self.distinct

    @property
    def shown(self) -> float:
        """Where the tick stands on the bar: at its end for anything beyond."""
        return min(self.account.after, self.scale)

    @property
    def is_over(self) -> bool:
        """The account comes to its limit, or ads stay out so that it does not."""
        return self.account.after >= self.limit or bool(self.account.left_out)


def estimate(found: Outlook, asked: int, policy: Policy) -> Estimate:
    """The estimate in page words."""
    carries = found.carries
    more = more_of([dump(each) for each in carries.advice])
    fading = Fading(found.share_fading, found.pairs, found.pair_share) if found.pairs else None
    return Estimate(asked, carries.clips, carries.ads, policy, more, found.account, fading)


@dataclass(frozen=True)
class HeadlineNote:
    """A headline that was typed, and what keeps it from being shown, in page words."""

    text: str
    problems: tuple[str, ...]


@dataclass(frozen=True)
class HeadlineNotes:
    """All headlines of the dialog, dealt over `ads` ads; a batch takes at most `most`."""

    headlines: tuple[HeadlineNote, ...]
    ads: int
    most: int

    @property
    def is_fine(self) -> bool:
        return not self.is_many and not any(note.problems for note in self.headlines)

    @property
    def is_many(self) -> bool:
        return len(self.headlines) > self.most

    @property
    def each(self) -> int:
        """Ads that show one of them."""
        return round(self.ads / len(self.headlines)) if self.headlines else 0


def headline_notes(hints: Sequence[HeadlineHint], ads: int) -> HeadlineNotes:
    """The hints in page words."""
    notes = (HeadlineNote(hint.text, tuple(map(in_words, hint.problems))) for hint in hints)
    return HeadlineNotes(tuple(notes), ads, MOST_HEADLINES)
