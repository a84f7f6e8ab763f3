"""Nobody gets weights whose licence does not cover them: every card against six advertisers."""

from __future__ import annotations

import re

import pytest

from core.errors import InputError
from generation.checkpoints.cards import all_cards, card_named, cards_for, require_card
from generation.checkpoints.router import LicenceRefused, Use, allow, choose, require_allowed
from generation.engines.clips.capabilities import CAPABILITIES

CONTEXTS = {
    "a shop in China": Use("CN", True, 250_000),
    "a company in China": Use("CN", True, 50_000_000),
    "a shop in Germany": Use("DE", True, 250_000),
    "a company in the United Kingdom": Use("UK", True, 5_000_000),
    "somebody who has said nothing": Use("", True, None),
    "a researcher in France": Use("FR", False, None),
}
FREE = {"qwen-image", "qwen-image-edit", "qwen-image-edit-2509", "cogvideox-2b", "flux-schnell", "musetalk-1.5"}
FREE |= {"wan2.1-t2v-1.3b", "wan2.1-t2v-14b", "wan2.1-i2v-14b-480p", "wan2.1-flf2v-14b", "wan2.2-t2v-a14b"}
FREE |= {"wan2.1-vace-1.3b", "zipformer-zh-en", "qwen2.5-7b-instruct", "qwen3-8b"}
FREE |= {"qwen2.5-vl-7b-instruct", "qwen3-embedding-0.6b", "kokoro-multi-lang"}
BELOW_A_LIMIT = {"ltx-2": 10_000_000, "krea-2-turbo": 1_000_000}
REGISTERED_ONLY = {"kolors", "cogvideox-5b", "cogvideox-5b-i2v", "stable-video-diffusion-xt"}
UNSAID = {"ltx-video", "sdxl", "matcha-zh-baker", "vits-zh-aishell3"}
NEVER_FOR_ADS = {"flux-dev", "idm-vton", "catvton-flux"}
NOT_IN_EUROPE_AND_KOREA = {"hunyuan-video"}


def may(card_id: str, use: Use) -> bool:
    """The licences once more, by hand and apart from the router."""
    if card_id in NOT_IN_EUROPE_AND_KOREA:
        return use.territory in {"CN", "US"}
    if not use.is_commercial or card_id in FREE:
        return True
    if card_id in BELOW_A_LIMIT:
        return use.revenue_usd is not None and use.revenue_usd < BELOW_A_LIMIT[card_id]
    assert card_id in REGISTERED_ONLY | UNSAID | NEVER_FOR_ADS
    return False


def test_there_are_enough_cards_to_choose_from_and_each_is_sorted():
    known = FREE | set(BELOW_A_LIMIT) | REGISTERED_ONLY | UNSAID | NEVER_FOR_ADS | NOT_IN_EUROPE_AND_KOREA

    assert len(all_cards()) >= 20
    assert {card.id for card in all_cards()} == known


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("card", all_cards(), ids=lambda card: card.id)
def test_no_forbidden_pair_is_routed_and_no_covered_one_refused(card, context):
    verdict = allow(card, CONTEXTS[context])

    assert verdict.is_allowed == may(card.id, CONTEXTS[context])
    assert bool(verdict.reason) != verdict.is_allowed


def test_the_router_takes_the_first_it_may_and_says_why_not_the_others():
    wanted = [require_card(name) for name in ("hunyuan-video", "krea-2-turbo", "wan2.1-t2v-1.3b")]

    chosen, refused = choose(wanted, Use("ES", True, 2_000_000))

    assert chosen is not None
    assert chosen.id == "wan2.1-t2v-1.3b"
    assert "the advertiser is in ES" in refused["hunyuan-video"]
    assert "2,000,000 USD" in refused["krea-2-turbo"]


def test_a_shop_whose_territory_nobody_has_said_is_told_what_to_say():
    with pytest.raises(LicenceRefused, match="territory in its profile"):
        require_allowed(require_card("hunyuan-video"), Use("", True, 1))


def test_an_agreement_opens_what_it_is_about_but_no_territory():
    held = frozenset({"kolors", "flux-dev", "krea-2-turbo", "hunyuan-video"})

    assert allow(require_card("kolors"), Use("CN", True, None, held)).is_allowed
    assert allow(require_card("krea-2-turbo"), Use("CN", True, 9_000_000, held)).is_allowed
    assert not allow(require_card("hunyuan-video"), Use("KR", True, 1, held)).is_allowed
    assert not allow(require_card("cogvideox-5b"), Use("CN", True, None, held)).is_allowed


def test_a_name_nobody_registered_is_answered_with_the_nearest():
    with pytest.raises(InputError, match=r"wan2\.1-t2v-1\.3b"):
        require_card("wan2.1-t2v-1.3")


@pytest.mark.parametrize(
    ("name", "engine", "hint"),
    [
        ("wan-9", "", r"did you mean wan2\.1-"),
        ("wan-9", "ltx", r"registered 'wan-9' \("),
        ("ltx", "ltx", r"did you mean ltx-video\?"),
        ("CogVideo", "", r"did you mean cogvideox-"),
        ("zzz", "", r"registered 'zzz' \("),
    ],
)
def test_only_kin_are_suggested(name, engine, hint):
    with pytest.raises(InputError, match=hint):
        require_card(name, engine)


def test_cards_say_what_they_do_not_know():
    for card in all_cards():
        assert card.licence
        assert card.source
        assert re.fullmatch(r"[\w.-]+/[\w.-]+", card.repo)
        assert card.commercial != "unknown" or card.terms
    assert card_named("sdxl").licence == "unknown"
    assert {card.id for card in cards_for("wan")} >= {"wan2.1-t2v-1.3b", "wan2.1-vace-1.3b"}


RUN_HERE = [card for card in all_cards() if card.engine]


@pytest.mark.parametrize("card", RUN_HERE, ids=lambda card: card.id)
def test_whoever_can_run_it_is_told_what_it_takes(card):
    assert card.download_gb > 0
    assert card.parts_billions
    assert card.least_memory_bytes > 0


@pytest.mark.parametrize("card", [card for card in RUN_HERE if card.engine in CAPABILITIES], ids=lambda card: card.id)
def test_a_card_and_its_engine_tell_the_same_shapes(card):
    able = CAPABILITIES[card.engine]

    assert able.size_multiple % card.shape.multiple == 0
    if card.kind == "clip":
        shape = card.shape
        assert (shape.frames, shape.fps, shape.window) == (able.frame_rule, able.native_fps, able.window_frames)
