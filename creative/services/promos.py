"""A moving promo end to end: stills and a passage of a novel or short play, one finished, checked, labelled film.

The passage is the script, word by word, checked like any other; what it says is a fact the advertiser brought.
Each still becomes a clip where a clip model is configured; where one cannot be made the slot is filled from the
stills like any ad's from its footage, and the answer says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core.clock import system_clock
from core.contracts import Fact, load
from core.errors import InputError, TerminalError
from core.models import Advertiser
from creative.contracts import BriefData, ScriptDraft, SlotBudget
from creative.models import Ad, Batch, Brief, Material, Script
from creative.planning import slot_needs
from creative.promo import PromoShot, plan_promo
from creative.report import MadeAd
from creative.rewriting.check import check_line
from creative.rewriting.originality import measure
from creative.rewriting.release import refuse_forbidden_words
from creative.services import batches
from creative.services.generating import Generated, Making, move_stills
from creative.services.main_job import Stopwatch, Teller, Wish, await_ads, brief_of, handed_over, take_materials
from creative.services.releasing import release_of
from creative.services.scripts import book_draft
from creative.services.speaking import speak_script
from creative.services.waiting import watch_for
from creative.shot_prompts import NEGATIVE, ShotPrompt
from generation.contracts import FPS, Understanding

PASSAGE = "passage"
"""The engine of a script that nobody wrote anew, and the beginning of its facts' names."""


@dataclass(frozen=True)
class PromoWish:
    """What a promo is made of. The brief's length is the film's at most, its call to action the last line."""

    brief: BriefData
    text: str
    stills: Path
    out: Path
    seed: int = 1
    is_draft: bool = False
    canvas: str = "1080x1920"


@dataclass(frozen=True)
class MadePromo:
    """The film (`made.file`) and what models made for it."""

    made: MadeAd
    generated: Generated
    shots: tuple[PromoShot, ...]


def make_promo(advertiser: Advertiser, wish: PromoWish, tell: Teller) -> MadePromo:
    """Carry out `wish`; services have to be up.

    InputError for what cannot be used, TerminalError for words that may not go out and a film that was held back.
    """
    refuse_forbidden_words(wish.brief)
    watch = Stopwatch()
    order = Wish(wish.brief, wish.stills, wish.out, 1, wish.seed, is_draft=wish.is_draft, canvas=wish.canvas)
    stills = _stills(take_materials(advertiser, order, tell, watch))
    shots = plan_promo(
        wish.text,
        [still.name for still in stills],
        wish.brief.language,
        seconds=wish.brief.length_seconds,
        ending=wish.brief.product.cta,
        shows=[", ".join(still.words) for still in stills],
    )
    told = replace(wish, brief=with_passage(wish.brief, shots))
    brief = brief_of(advertiser, replace(order, brief=told.brief))
    script = book_passage(brief, told.brief, shots)
    _refuse_blocked(script, shots)
    tell("script", 1, 1)
    made = watch.time("generating", lambda: _moved(told, brief, script, shots, stills))
    folder = str(wish.stills.resolve())
    choices = batches.Order(1, wish.seed, wish.is_draft, wish.canvas, folder, transition="fade", generated=made.told())
    batch = batches.start_batch(brief, [script], choices)
    ads = await_ads(batch, tell, watch)
    return MadePromo(_film(ads, batch, wish.out), made, shots)


def with_passage(brief: BriefData, shots: Sequence[PromoShot]) -> BriefData:
    """`brief` with every line of the passage as a fact: its numbers and claims are the work's own.

    Its length is that of the shots: a passage that is over sooner than ordered makes a shorter film.
    """
    lines = [shot.line for shot in shots if shot.line != brief.product.cta]
    facts = tuple(Fact(f"{PASSAGE}-{number}", line) for number, line in enumerate(lines, 1))
    seconds = round(sum(shot.frames for shot in shots) / FPS, 1)
    product = replace(brief.product, facts=(*brief.product.facts, *facts))
    return replace(brief, product=product, length_seconds=seconds)


def book_passage(brief: Brief, data: BriefData, shots: Sequence[PromoShot]) -> Script:
    """The passage's lines as a script of the brief, each checked; what may not go out stops the order later by name."""
    today = system_clock.now().date()
    lines = tuple(check_line(shot.line, shot.role, data, None, today) for shot in shots)
    budgets = [SlotBudget(line.role, line.estimated_seconds, 0.5, 12.0) for line in lines]
    originality = measure([line.text for line in lines], "", data.language)
    return book_draft(brief, None, ScriptDraft(lines, "story", PASSAGE, 0, originality), budgets)


def _refuse_blocked(script: Script, shots: Sequence[PromoShot]) -> None:
    """Before anything is made: clips cost more than words."""
    blocked = release_of(script, [(shot.role, shot.line) for shot in shots])
    if blocked:
        raise TerminalError("; ".join(each.sentence() for each in blocked))


def _stills(materials: Sequence[Material]) -> list[Material]:
    """The pictures among `materials`, in order of their names."""
    ready = [row for row in materials if row.media == "picture" and row.state == Material.State.READY]
    if not ready:
        raise InputError("stills", "the folder holds no picture that can be used", "no_stills")
    return sorted(ready, key=lambda row: row.name)


def _moved(
    wish: PromoWish, brief: Brief, script: Script, shots: Sequence[PromoShot], stills: Sequence[Material]
) -> Generated:
    """A clip for each line but the call to action, which a card shows; none, with the reason, without a model."""
    making = Making(brief.advertiser, wish.brief, [script], str(wish.stills.resolve()), wish.canvas, wish.seed)
    paths = {still.name: load(Understanding, still.understanding).source.path for still in stills}
    wanted = [
        (need, ShotPrompt(shot.motion, NEGATIVE[wish.brief.language], shot.camera), paths[shot.still])
        for need, shot in zip(slot_needs(speak_script(script)), shots, strict=True)
        if shot.role != "cta"
    ]
    try:
        return move_stills(making, wanted, watch_for)
    except InputError as error:
        if error.code != "no_clip_engine":
            raise
        return Generated(left_out=[("clips", error.reason)])


def _film(ads: Sequence[Ad], batch: Batch, out: Path) -> MadeAd:
    if not ads:
        raise TerminalError(batch.error or "the film was not planned")
    ad = ads[0]
    target = out / "promo.mp4"
    if ad.state == Ad.State.READY:
        return handed_over(ad, target)
    target.unlink(missing_ok=True)
    raise TerminalError(f"the film was held back: {ad.held_reason}")
