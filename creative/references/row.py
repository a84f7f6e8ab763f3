"""The row of references for a brief: need × past performance × diversity × the advertiser's taste."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from core.clock import Clock, system_clock
from core.models import Advertiser
from core.search.diversity import pick_diverse
from core.search.embedding import embedder
from creative.contracts import BriefData, RowEntry, Structure
from creative.references.candidates import Candidate, find_candidates, visible_references
from creative.references.likeness import ALIKE, likeness
from creative.references.need import Wanted, need_score, wanted_by
from creative.references.performance import performance_score
from creative.references.performance_books import figures_by_category, prior_for
from creative.references.preference import preference_score
from creative.references.structure_books import structures_of
from creative.references.taste_books import tastes_of

LEAST, MOST = 6, 8
_NEED, _PERFORMANCE, _PREFERENCE, _DIVERSITY = 0.55, 0.22, 0.11, 0.12
_MMR_BALANCE = 0.72


@dataclass(frozen=True, eq=False)
class Scored:
    """A candidate with its parts, each 0..1."""

    candidate: Candidate
    need: float
    performance: float
    preference: float
    diversity: float = 1.0

    @property
    def base(self) -> float:
        """The score before diversity, 0..1."""
        weights = _NEED + _PERFORMANCE + _PREFERENCE
        return (_NEED * self.need + _PERFORMANCE * self.performance + _PREFERENCE * self.preference) / weights

    @property
    def score(self) -> float:
        return self.base * (1 - _DIVERSITY) + _DIVERSITY * self.diversity


def row_for(
    brief: BriefData,
    advertiser: Advertiser | None,
    count: int = MOST,
    only: Collection[UUID] | None = None,
    clock: Clock = system_clock,
) -> list[RowEntry]:
    """Six to eight references for `brief`, best first, no two alike (likeness below 0.6).

    `only` limits the choice to these references. Of a library too small to give six that
    differ, alike ones fill the row up to six; their diversity part says so.
    """
    wanted = wanted_by(brief)
    rows = visible_references(advertiser, only)
    figures = figures_by_category(rows)
    tastes = tastes_of(advertiser, clock.now(), figures) if advertiser else []
    found = find_candidates(rows, wanted, embedder())
    scored = [
        Scored(
            each,
            need=_need(wanted, each),
            performance=performance_score(each.metrics, prior_for(each.look.category, each.metrics, figures)),
            preference=preference_score(each.look.format, each.look.category, each.look.roles, tastes),
        )
        for each in found.candidates
    ]
    chosen = choose(scored, max(1, min(count, MOST)))
    structures = structures_of([each.candidate.id for each in chosen])
    general = ("words-only",) if found.by_words_only else ()
    return [_entry(each, structures[each.candidate.id], (*_reasons(each, wanted), *general)) for each in chosen]


def _need(wanted: Wanted, each: Candidate) -> float:
    return need_score(
        wanted,
        category=each.look.category,
        format=each.look.format,
        platform=each.platform,
        language=each.language,
        seconds=each.look.seconds,
        text=each.text,
    )


def choose(scored: Sequence[Scored], count: int) -> list[Scored]:
    """The row itself: the best that differ, then those that are alike only to reach six."""
    ordered = sorted(scored, key=lambda each: (-each.base, str(each.candidate.id)))
    chosen = pick_diverse(ordered, lambda each: each.base, _alike, count, ALIKE, _MMR_BALANCE)
    missing = min(LEAST, count) - len(chosen)
    if missing > 0:
        chosen += [each for each in ordered if each not in chosen][:missing]
    with_diversity = [
        replace(each, diversity=1 - max((_alike(each, before) for before in chosen[:place]), default=0.0))
        for place, each in enumerate(chosen)
    ]
    return sorted(with_diversity, key=lambda each: -each.score)


def _alike(one: Scored, other: Scored) -> float:
    return likeness(one.candidate.look, other.candidate.look)


def _entry(each: Scored, structure: Structure, reasons: tuple[str, ...]) -> RowEntry:
    candidate = each.candidate
    return RowEntry(
        reference_id=str(candidate.id),
        title=candidate.title,
        score=_hundred(each.score),
        need=_hundred(each.need),
        performance=_hundred(each.performance),
        diversity=_hundred(each.diversity),
        preference=_hundred(each.preference),
        format=structure.format,
        category=candidate.look.category,
        structure=structure,
        rights=candidate.rights,
        video_path=candidate.video_path,
        poster_path=candidate.poster_path,
        reasons=reasons,
    )


def _hundred(share: float) -> float:
    return round(share * 100, 1)


def _reasons(each: Scored, wanted: Wanted) -> list[str]:
    """Codes a page turns into words: what speaks for this card, strongest first."""
    look = each.candidate.look
    checks = (
        ("asked-format", wanted.format is not None and look.format == wanted.format),
        ("same-category", look.category == wanted.category),
        ("near-words", each.candidate.text >= 0.35),
        ("did-well", each.performance >= 0.6),
        ("your-taste", each.preference >= 0.6),
        ("same-platform", each.candidate.platform == wanted.platform),
        ("something-else", look.category != wanted.category),
        ("no-figures", each.candidate.metrics.impressions == 0),
    )
    return [code for code, holds in checks if holds]
