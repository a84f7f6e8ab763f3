"""From a script and its spoken lines to the plans of a batch's ads. Pure and seeded."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from core.phrases import amounts, split_phrases
from creative.contracts import (
    AdPlan,
    BriefData,
    Candidate,
    CardPlan,
    ClipOption,
    PlannedSlot,
    ScriptLine,
    SlotNeed,
    SpokenTake,
    Transition,
)
from creative.matching import rank
from creative.mixing import Usage, plan_shots
from creative.rewriting.footage_words import suggest_words
from creative.storyboard import slot_frames

MIN_FOOTAGE_FOR_END_CARD = 0.5
"""An end card is part of the design only while footage carries at least this share of the ad."""

Relevance = Callable[[SlotNeed], Mapping[str, float]]


@dataclass(frozen=True)
class Spoken:
    """A script ready for planning: its lines, each with its take and the pace of its slot."""

    lines: tuple[ScriptLine, ...]
    takes: tuple[SpokenTake | None, ...]
    paces: tuple[float, ...]
    degraded: tuple[str, ...] = ()


@dataclass(frozen=True)
class MusicChoice:
    """A loop an ad may have."""

    path: str
    sha256: str
    name: str


def slot_needs(spoken: Spoken) -> tuple[SlotNeed, ...]:
    """What each slot asks of the footage; the spoken length fixes its frames."""
    return tuple(
        SlotNeed(
            position=position,
            role=line.role,
            line=line.text,
            words=line.words,
            frames=slot_frames(line.role, take.seconds if take else line.estimated_seconds),
            pace=pace,
        )
        for position, (line, take, pace) in enumerate(zip(spoken.lines, spoken.takes, spoken.paces, strict=True))
    )


def need_of(position: int, slot: PlannedSlot, brief: BriefData) -> SlotNeed:
    """What a slot that is planned already asks of the footage."""
    words = tuple(suggest_words(slot.line, slot.role, brief))
    return SlotNeed(position, slot.role, slot.line, words, slot.frames, 0.0)


def line_of(slot: PlannedSlot) -> ScriptLine:
    """The line of a planned slot, as far as its cards need it."""
    return ScriptLine(slot.role, slot.line, slot.fact_ids, slot.voice.seconds if slot.voice else 0.0)


def plan_ads(
    brief: BriefData,
    scripts: Sequence[Spoken],
    options: Sequence[ClipOption],
    relevance: Relevance,
    music: Sequence[MusicChoice],
    count: int,
    seed: int,
    canvas: str,
    first: AdPlan | None = None,
    transition: Transition = "cut",
) -> list[AdPlan]:
    """`count` plans in order; scripts and music are taken in turn, clips by use and fit.

    `first` is an ad somebody already arranged: it is taken as it stands, on this canvas, and
    what it shows counts as used.
    """
    rng = random.Random(seed)
    usage = Usage()
    by_id = {option.shot_id: option for option in options}
    ranked_by_script = [_ranked(slot_needs(spoken), options, relevance) for spoken in scripts]
    tunes = list(music)
    rng.shuffle(tunes)
    plans = [replace(first, canvas=canvas, transition=transition)] if first else []
    for plan in plans:
        count_use(usage, plan)
    for number in range(len(plans), count):
        turn = number % len(scripts)
        spoken, ranked = scripts[turn], ranked_by_script[turn]
        tune = tunes[number % len(tunes)] if tunes else None
        ad_seed = rng.randrange(2**31)
        plan = _plan_one(brief, spoken, ranked, by_id, tune, usage, ad_seed, canvas)
        plans.append(replace(plan, transition=transition))
    return plans


def count_use(usage: Usage, plan: AdPlan) -> None:
    """Count what a plan shows, as the mixer does for plans of its own."""
    for slot in plan.slots:
        for shot in slot.shots:
            if shot.shot_id:
                usage.shots[shot.shot_id] += 1
                usage.starts.setdefault(shot.shot_id, set()).add(shot.source_start_frame)
                usage.hooks[shot.shot_id] += slot.role == "hook"


def _ranked(
    needs: Sequence[SlotNeed], options: Sequence[ClipOption], relevance: Relevance
) -> dict[int, tuple[Candidate, ...]]:
    return {need.position: rank(need, options, relevance(need)) for need in needs}


def _plan_one(
    brief: BriefData,
    spoken: Spoken,
    ranked: Mapping[int, Sequence[Candidate]],
    options: Mapping[str, ClipOption],
    tune: MusicChoice | None,
    usage: Usage,
    seed: int,
    canvas: str,
) -> AdPlan:
    needs = slot_needs(spoken)
    cards = {need.position: card_for(need, brief, spoken.lines[need.position]) for need in needs}
    shots = plan_shots(needs, ranked, options, cards, end_cards(needs), usage, random.Random(seed))
    slots = tuple(
        PlannedSlot(
            role=line.role,
            line=line.text,
            fact_ids=line.fact_ids,
            emphasis=emphasis_of(line, brief),
            frames=need.frames,
            shots=shots[need.position],
            voice=take,
        )
        for need, line, take in zip(needs, spoken.lines, spoken.takes, strict=True)
    )
    return AdPlan(
        slots=slots,
        language=brief.language,
        canvas=canvas,
        music_path=tune.path if tune else "",
        music_sha256=tune.sha256 if tune else "",
        music_name=tune.name if tune else "",
        seed=seed,
        degraded=degraded_of(spoken.degraded, slots, end_cards(needs)),
    )


def end_cards(needs: Sequence[SlotNeed]) -> frozenset[int]:
    """The closing CTA is an end card by design, where it leaves footage at least half of the ad."""
    last = needs[-1]
    total = sum(need.frames for need in needs)
    small_enough = last.frames <= total * (1 - MIN_FOOTAGE_FOR_END_CARD)
    return frozenset({last.position}) if last.role == "cta" and small_enough else frozenset()


def degraded_of(base: Sequence[str], slots: Sequence[PlannedSlot], by_design: frozenset[int]) -> tuple[str, ...]:
    """What stood in for something better in this ad: `base` from script and voice, the rest from its shots."""
    found = [*base]
    if any(shot.shot_id for slot in slots for shot in slot.shots):
        found.append("clips:by-words")
    gaps = (shot for at, slot in enumerate(slots) if at not in by_design for shot in slot.shots if shot.card)
    if any(gaps):
        found.append("clip:card")
    return tuple(dict.fromkeys(found))


def degraded_after(plan: AdPlan, slots: Sequence[PlannedSlot]) -> tuple[str, ...]:
    """The same for `plan` with its slots changed."""
    base = [each for each in plan.degraded if each not in ("clips:by-words", "clip:card")]
    closing = slots[-1].shots[0].card
    by_design = frozenset({len(slots) - 1}) if closing and closing.card == "end" else frozenset()
    return degraded_of(base, slots, by_design)


MAX_EMPHASIS = 8
"""Longer than this, highlighted words no longer stand out from the rest of the line."""


def emphasis_of(line: ScriptLine, brief: BriefData) -> tuple[str, ...]:
    """The words a caption lights up: the price first, then short facts and the numbers in long ones."""
    texts = [brief.product.price_text] if brief.product.price_text in line.text else []
    for _, start, end in sorted(span for span in line.spans if span[0] not in ("link", "cta", "price")):
        fact = line.text[start:end]
        texts += [fact] if len(fact) <= MAX_EMPHASIS else amounts(fact)
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip() and text.strip() != _bare(line.text)))


def _bare(line: str) -> str:
    return line.strip().rstrip("。.!！?？")


def shown_link(link: str) -> str:
    """A link as people read it: without the scheme, so that it can stand larger."""
    return link.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def card_for(need: SlotNeed, brief: BriefData, line: ScriptLine) -> CardPlan:
    """The card that would stand in a slot: what it shows follows from the slot's role."""
    product = brief.product
    if need.role == "cta":
        return CardPlan("end", (product.name, product.cta or need.line, shown_link(product.link)), product.price_text)
    if need.role == "offer" and product.price_text:
        return CardPlan("price", (product.name, product.offer), product.price_text)
    if need.role in ("selling_point", "proof"):
        fact = next((each for each in product.facts if each.id in line.fact_ids), None)
        if fact:
            return CardPlan("fact", (fact.text, product.name))
    return words_card(need.line, brief.language)


def words_card(line: str, language: str) -> CardPlan:
    """The card that shows the line itself."""
    return CardPlan("kinetic", split_phrases(line, language))


def cards_for(need: SlotNeed, brief: BriefData, line: ScriptLine) -> tuple[CardPlan, ...]:
    """The cards a slot can have: the one its role asks for, then its own words."""
    first = card_for(need, brief, line)
    return (first,) if first.card == "kinetic" else (first, words_card(need.line, brief.language))
