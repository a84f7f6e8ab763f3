"""From spoken scripts and clips to the slot plan of a batch. Pure; the same for the same brief and material."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import zip_longest

from core.errors import InputError
from creative.bulk.contracts import BulkLine, Choice, SlotPlan, SlotPool, Tune
from creative.bulk.dealing import MOST_GROUPS, SlotWish, deal_clips
from creative.bulk.filling import Footage, SlotDraft, SlotFiller, Windows, least_shots
from creative.bulk.growing import pool_sizes, slot_weights
from creative.contracts import BriefData, ClipOption, PlannedSlot, SlotNeed, SpokenTake, Transition
from creative.matching import fits, rank
from creative.planning import Relevance, Spoken, card_for, degraded_of, emphasis_of, end_cards, slot_needs
from generation.contracts import FPS, CheckLimits

MOST_OPENINGS = 6
"""Hook lines in one batch; more would each be heard too seldom to learn from."""

MOST_CLOSINGS = 10
"""Choices of footage for a closing that has an end card by design."""

SPARE_MIXES = 8
"""Where spares are needed, so many mixes for each ad: some show a clip twice and are no ads."""


def build_slot_plan(
    brief: BriefData,
    scripts: Sequence[Spoken],
    options: Sequence[ClipOption],
    relevance: Relevance,
    tunes: Sequence[Tune],
    looks: Mapping[str, str],
    sources: Mapping[str, str],
    wanted: int,
    transition: Transition = "cut",
    most_choices: int | None = None,
) -> SlotPlan:
    """Pools for `wanted` ads of which no two are alike, as far as the material carries them.

    Lines are those of the first script; its opening takes the hook lines of all scripts. `looks` gives the group of
    shots a shot looks like, `sources` the SHA-256 of its file, by shot id. `wanted` and `most_choices` decide only how
    far each pool goes: shorter pools begin longer ones.
    """
    if not scripts or not scripts[0].lines:
        raise InputError("script", "holds no line; write one first")
    ordered = sorted(options, key=lambda option: (option.name, option.start_frame))
    footage = Footage({option.shot_id: option for option in ordered}, sources, looks)
    drafts = _drafts(brief, scripts, ordered, relevance)
    owned = deal_clips(_wishes(drafts, ordered), {option.shot_id: footage.look(option.shot_id) for option in ordered})
    most = most_choices or MOST_GROUPS + 1
    filled = _filled(drafts, owned, footage)
    pools = _cut_to_size(filled, [draft.frames for draft in drafts], wanted, max(1, len(tunes)), most)
    slots = tuple(
        SlotPool(draft.role, draft.frames, draft.lines, pool) for draft, pool in zip(drafts, pools, strict=True)
    )
    return SlotPlan(slots, tuple(tunes), brief.language, _degraded(scripts[:MOST_OPENINGS], slots), transition)


def _drafts(
    brief: BriefData, scripts: Sequence[Spoken], options: Sequence[ClipOption], relevance: Relevance
) -> list[SlotDraft]:
    base = scripts[0]
    needs = slot_needs(base)
    by_design = end_cards(needs)
    opening = next((need.position for need in needs if need.role == "hook"), -1)
    drafts = []
    for need in needs:
        told = _openings(brief, scripts, needs, opening) if need.position == opening else [(base, need)]
        drafts.append(_draft(brief, told, options, relevance, need.position in by_design))
    return drafts


def _draft(
    brief: BriefData,
    told: Sequence[tuple[Spoken, SlotNeed]],
    options: Sequence[ClipOption],
    relevance: Relevance,
    has_end_card: bool,
) -> SlotDraft:
    """A slot told by any of these lines: as long as its longest."""
    lines = tuple(_bulk_line(brief, spoken, need) for spoken, need in told)
    ranked = tuple({each.shot_id: each for each in rank(need, options, relevance(need))} for _, need in told)
    first = told[0][1]
    return SlotDraft(first.role, max(need.frames for _, need in told), first.pace, lines, ranked, has_end_card)


def _openings(
    brief: BriefData, scripts: Sequence[Spoken], needs: Sequence[SlotNeed], at: int
) -> list[tuple[Spoken, SlotNeed]]:
    """The hook lines of all scripts, each once; one that would make every ad too long is left out."""
    told = [(scripts[0], needs[at])]
    body = sum(need.frames for need in needs) - needs[at].frames
    room = brief.length_seconds * (1 + CheckLimits.length_tolerance) * FPS - body
    for spoken in scripts[1:]:
        need = next((each for each in slot_needs(spoken) if each.role == "hook"), None)
        if need is None or need.frames > room or any(need.line == known.line for _, known in told):
            continue
        told.append((spoken, need))
    return told[:MOST_OPENINGS]


def opening_of(brief: BriefData, scripts: Sequence[Spoken]) -> tuple[int, tuple[SpokenTake, ...]]:
    """(frames of the opening slot, the takes of its lines) in a batch of these scripts; (0, ()) without an opening."""
    needs = slot_needs(scripts[0])
    opening = next((need.position for need in needs if need.role == "hook"), -1)
    if opening < 0:
        return 0, ()
    told = _openings(brief, scripts, needs, opening)
    takes = (spoken.takes[need.position] for spoken, need in told)
    return max(need.frames for _, need in told), tuple(take for take in takes if take is not None)


def _bulk_line(brief: BriefData, spoken: Spoken, need: SlotNeed) -> BulkLine:
    line, take = spoken.lines[need.position], spoken.takes[need.position]
    return BulkLine(line.text, line.fact_ids, emphasis_of(line, brief), take, card_for(need, brief, line))


def _wishes(drafts: Sequence[SlotDraft], options: Sequence[ClipOption]) -> list[SlotWish]:
    usable = [option for option in options if fits(option)]
    weights = slot_weights([draft.frames for draft in drafts])
    return [_wish(draft, weight, usable) for draft, weight in zip(drafts, weights, strict=True)]


def _wish(draft: SlotDraft, weight: int, options: Sequence[ClipOption]) -> SlotWish:
    shots = least_shots(draft.frames, options)
    most = MOST_CLOSINGS * shots if draft.has_end_card else MOST_GROUPS * max(shots, draft.paced_shots)
    scores = {option.shot_id: draft.scores[option.shot_id] for option in options}
    return SlotWish(draft.role, weight, shots, scores, int(draft.has_end_card), most)


def _filled(
    drafts: Sequence[SlotDraft], owned: Sequence[tuple[str, ...]], footage: Footage
) -> list[tuple[list[Choice], list[Choice]]]:
    """Choices and spares of each slot; slots take turns at the windows of a clip that no choice took."""
    windows = Windows()
    fillers = []
    for draft, clips in zip(drafts, owned, strict=True):
        scores = draft.scores
        others = sorted((shot_id for shot_id in scores if shot_id not in clips), key=lambda shot_id: -scores[shot_id])
        fillers.append(SlotFiller(draft, clips, others, footage, windows))
    choices = [filler.choices() for filler in fillers]
    rounds = zip_longest(*(filler.spares() for filler in fillers))
    spares = zip(*rounds, strict=True)
    kept = [[spare for spare in row if spare] for row in spares] or [[] for _ in fillers]
    return list(zip(choices, kept, strict=True))


def _cut_to_size(
    filled: Sequence[tuple[list[Choice], list[Choice]]], frames: Sequence[int], wanted: int, tunes: int, most: int
) -> list[tuple[Choice, ...]]:
    """Each slot's pool: as far as distinct ads need it, then spares until there are as many mixes as ads."""
    apart = [choices[:most] for choices, _ in filled]
    sizes = pool_sizes(apart, frames, wanted)
    pools = [choices[:size] for choices, size in zip(apart, sizes, strict=True)]
    if math.prod(sizes) * tunes >= wanted:
        return [tuple(pool) for pool in pools]
    pools = [[*choices, *spares][:most] for choices, spares in filled]
    lengths = [len(choices) for choices in apart]
    while math.prod(lengths) * tunes < SPARE_MIXES * wanted:
        growing = [at for at, pool in enumerate(pools) if lengths[at] < len(pool)]
        if not growing:
            break
        lengths[min(growing, key=lambda at: lengths[at])] += 1
    return [tuple(pool[:length]) for pool, length in zip(pools, lengths, strict=True)]


def _degraded(scripts: Sequence[Spoken], slots: Sequence[SlotPool]) -> tuple[str, ...]:
    """What stands in for something better in ads of these slots."""
    base = dict.fromkeys(each for spoken in scripts for each in spoken.degraded)
    first = [PlannedSlot(slot.role, "", (), (), slot.frames, slot.choices[0].shots) for slot in slots]
    needs = [SlotNeed(at, slot.role, "", (), slot.frames, 0) for at, slot in enumerate(slots)]
    return degraded_of(tuple(base), first, end_cards(needs))
