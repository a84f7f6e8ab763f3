"""The phrasebook over many briefs: nothing empty, nothing twice, nothing invented, everything in its length."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from random import Random

import pytest

from core.claims import check_text, find_claims, find_numbers
from core.contracts import LANGUAGES, PLATFORMS, Language
from creative.brief import brief_from_need, parse_brief, say_price
from creative.contracts import CATEGORIES, BriefData, Category, ScriptDraft, SlotBudget
from creative.rewriting.check import check_script
from creative.rewriting.lengths import budgets_for, slot_seconds
from creative.rewriting.originality import units
from creative.rewriting.phrasebook import STYLES, style_for, write_script, write_variants
from creative.rewriting.phrasebook.fitting import Book
from creative.rewriting.phrasebook.joining import join_clauses
from creative.rewriting.phrasebook.library import category_phrases, general_phrases
from creative.rewriting.phrasebook.phrases import Phrase, Story
from creative.rewriting.phrasebook.product import view_product
from creative.rewriting.phrasebook.shapes import PACKAGING, fact_rank
from tests.creative.rewriting.sample_briefs import sample_brief, sample_structure

BRIEFS, SEEDS = 15, 7
RUN = {"zh-CN": 12, "en": 8}
"""A run that repeats: twelve characters in Chinese, eight words in English."""

Written = tuple[BriefData, tuple[SlotBudget, ...], ScriptDraft]
EACH = [(language, category) for language in LANGUAGES for category in CATEGORIES]


@lru_cache(maxsize=32)
def scripts(language: Language, category: Category) -> tuple[Written, ...]:
    return tuple(_write(language, category))


def _write(language: Language, category: Category) -> Iterator[Written]:
    for place in range(BRIEFS):
        brief = sample_brief(language, category, place)
        budgets = budgets_for(sample_structure(place), brief.length_seconds, language)
        for seed in range(SEEDS):
            yield brief, budgets, write_script(brief, budgets, STYLES[seed % len(STYLES)], seed)


@pytest.mark.parametrize(("language", "category"), EACH)
def test_every_slot_is_filled_once_and_no_line_breaks_a_rule(language: Language, category: Category) -> None:
    for _, budgets, draft in scripts(language, category):
        assert [line.role for line in draft.lines] == [budget.role for budget in budgets]
        assert all(line.text for line in draft.lines)
        assert [line.text for line in draft.lines if line.blocks] == []
        assert check_script(draft) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_keep_to_their_slots_and_ads_to_their_length(language: Language) -> None:
    fits: list[bool] = []
    totals: list[bool] = []
    for category in CATEGORIES:
        for brief, budgets, draft in scripts(language, category):
            pairs = zip(draft.lines, budgets, strict=True)
            fits += [budget.min_seconds <= line.estimated_seconds <= budget.max_seconds for line, budget in pairs]
            whole = sum(slot_seconds(line.estimated_seconds) for line in draft.lines)
            totals.append(abs(whole - brief.length_seconds) <= 0.1 * brief.length_seconds)

    assert sum(fits) / len(fits) >= 0.98
    assert sum(totals) / len(totals) >= 0.98


@pytest.mark.parametrize("language", LANGUAGES)
def test_price_and_name_are_said(language: Language) -> None:
    written = [each for category in CATEGORIES for each in scripts(language, category)]
    used = [(brief, {fact for line in draft.lines for fact in line.fact_ids}) for brief, _, draft in written]
    priced = [facts for brief, facts in used if brief.product.price]

    assert sum("price" in facts for facts in priced) / len(priced) >= 0.9
    assert sum("name" in facts for _, facts in used) / len(used) >= 0.9


@pytest.mark.parametrize(("language", "category"), EACH)
def test_no_long_run_repeats_over_a_category(language: Language, category: Category) -> None:
    runs: Counter[tuple[str, ...]] = Counter()
    for brief, _, draft in scripts(language, category):
        runs.update(_runs(brief, draft, language))

    assert len(scripts(language, category)) >= 100
    assert [run for run, times in runs.items() if times > 0.05 * len(scripts(language, category))] == []


def _prices(brief: BriefData) -> list[str]:
    return [say_price(brief.product.price, brief.language)] if brief.product.price else []


def _runs(brief: BriefData, draft: ScriptDraft, language: Language) -> set[tuple[str, ...]]:
    """Runs of the script that are not the advertiser's own words."""
    found: set[tuple[str, ...]] = set()
    for line in draft.lines:
        text = line.text
        for own in (*(fact.text for fact in brief.all_facts()), *_prices(brief)):
            text = re.sub(re.escape(own), "|", text, flags=re.IGNORECASE)
        for piece in text.split("|"):
            said = units(piece, language)
            found |= {said[at : at + RUN[language]] for at in range(len(said) - RUN[language] + 1)}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", range(5))
def test_scripts_of_one_brief_share_no_hook(language: Language, place: int) -> None:
    brief = sample_brief(language, CATEGORIES[place * 2], place)
    budgets = budgets_for(sample_structure(place), brief.length_seconds, language)
    hooks = [write_script(brief, budgets, STYLES[seed % 5], seed).lines[0].text for seed in range(40)]

    assert len(set(hooks)) == 40


def test_hooks_to_avoid_are_avoided_and_variants_differ() -> None:
    brief = sample_brief("zh-CN", "drinks", 0)
    budgets = budgets_for(sample_structure(0), 15, "zh-CN")
    first = write_script(brief, budgets, "plain", 3)

    assert (
        write_script(brief, budgets, "plain", 3, avoid_hooks=(first.lines[0].text,)).lines[0].text
        != first.lines[0].text
    )
    drafts = write_variants(brief, budgets, 12, seed=7)
    assert len({draft.lines[0].text for draft in drafts}) == 12
    assert len({draft.style for draft in drafts}) == 5


DEMO = Path(__file__).parents[3] / "demo"


def _demo(language: Language) -> tuple[BriefData, list[ScriptDraft]]:
    """The sample brief and six scripts of it."""
    name = "brief.yaml" if language == "zh-CN" else "brief.en.yaml"
    brief = parse_brief((DEMO / name).read_text(encoding="utf-8"))
    budgets = budgets_for(sample_structure(0), brief.length_seconds, language)
    return brief, [write_script(brief, budgets, STYLES[seed % 5], seed) for seed in range(6)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_six_versions_tell_different_strong_facts(language: Language) -> None:
    brief, drafts = _demo(language)
    texts = {fact.id: fact.text for fact in brief.product.facts}
    told = [{fact for line in draft.lines[2:4] for fact in line.fact_ids if fact in texts} for draft in drafts]

    assert len(set.union(*told)) >= 4
    assert all(fact_rank(texts[fact], language) < PACKAGING for facts in told for fact in facts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hook_and_its_pain_are_of_one_story(language: Language) -> None:
    brief, drafts = _demo(language)
    stories = category_phrases(language, brief.product.category_key).stories
    pains = [{pain.text.lower() for pain in story.pains} for story in stories]
    for draft in drafts:
        pain = draft.lines[1].text.lower()
        assert any(text in pain for texts in pains for text in texts)
        story = next(each for each, texts in zip(stories, pains, strict=True) if any(text in pain for text in texts))
        scenes = (phrase.text.rstrip("？?").lower() for phrase in (*story.scenes, *story.hooks))
        own = any(scene in draft.lines[0].text.lower() for scene in scenes)
        assert own or any(fact in draft.lines[0].fact_ids for fact in _fact_ids(brief)) or _names_kind(brief, draft)


def _fact_ids(brief: BriefData) -> set[str]:
    return {fact.id for fact in brief.product.facts}


def _names_kind(brief: BriefData, draft: ScriptDraft) -> bool:
    return brief.product.category in draft.lines[0].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_hooks_are_of_the_category(language: Language) -> None:
    general = {hook.text for story in general_phrases(language).stories for hook in story.hooks}
    found: list[bool] = []
    for category in CATEGORIES:
        brief = sample_brief(language, category, 0)
        book = Book(view_product(brief, category_phrases(language, category), dt.date(2026, 11, 1)), "plain", Random(0))
        choosing = {join_clauses(language, text) for text, _ in book.pick(tuple(Phrase(text) for text in general))}
        found += [
            draft.lines[0].text not in choosing for given, _, draft in scripts(language, category) if given == brief
        ]

    assert sum(found) / len(found) >= 0.8


def test_the_same_seed_writes_the_same_script() -> None:
    brief = sample_brief("en", "home", 1)
    budgets = budgets_for(sample_structure(1), 15, "en")

    assert write_script(brief, budgets, "warm", 11) == write_script(brief, budgets, "warm", 11)


def test_the_script_says_that_a_phrasebook_wrote_it() -> None:
    brief = sample_brief("en", "food", 1)
    draft = write_script(brief, budgets_for(sample_structure(1), 15, "en"), "story", 1)

    assert (draft.engine, draft.degraded, draft.style) == ("phrasebook", ("script:phrasebook",), "story")


@pytest.mark.parametrize(
    "need",
    [
        "瑜伽垫",
        "yoga mat",
        "🔥超好喝🔥奶茶 9.9元",
        "「Extraordinarily Long Brand Name Of The North」沙发 999元",
        "15s, 'X', lamp, €20",
    ],
)
def test_briefs_that_say_little_or_look_odd_still_get_whole_scripts(need: str) -> None:
    brief = brief_from_need(need)
    for seconds in (10, 15, 30):
        budgets = budgets_for(sample_structure(0), seconds, brief.language)
        draft = write_script(brief, budgets, "plain", 5)
        assert len(draft.lines) == len(budgets)
        assert check_script(draft) == ()
        assert [line.text for line in draft.lines if line.blocks] == []


def test_a_script_keeps_away_from_its_references_words() -> None:
    brief = sample_brief("zh-CN", "drinks", 0)
    budgets = budgets_for(sample_structure(0), 15, "zh-CN")
    draft = write_script(brief, budgets, "plain", 3)
    again = write_script(brief, budgets, "plain", 3, reference_text="".join(line.text for line in draft.lines[:2]))

    assert again.originality.ok
    assert again.lines[0].text != draft.lines[0].text


def _every_phrase(language: Language) -> Iterator[str]:
    """All the book says in a language, its fields filled with words that claim nothing."""
    words = {
        "en": ("Nova", "friends", "things", "had", "gets you one", "reading late", "soft light"),
        "zh-CN": ("诺瓦", "朋友", "东西", "用", "带回家", "晚上看书", "光很软"),
    }
    name, who, kind, did, get, scene, fact = words[language]
    fields = {"name": name, "brand": name, "short": name, "who": who, "folk": who, "kind": kind, "did": did}
    fields |= {"get": get, "s": scene, "fact": fact, "p": "", "o": ""}
    books = [general_phrases(language), *(category_phrases(language, category) for category in CATEGORIES)]
    for block in (value for book in books for value in vars(book).values()):
        for phrase in _phrases_in(block):
            yield phrase.text.format_map(fields)


def _phrases_in(block: object) -> Iterator[Phrase]:
    if isinstance(block, Phrase):
        yield block
    elif isinstance(block, Story):
        yield from _phrases_in((block.scenes, block.hooks, block.pains, block.afters))
    elif isinstance(block, (dict, tuple)):
        for each in block.values() if isinstance(block, dict) else block:
            yield from _phrases_in(each)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_of_the_book_says_a_number_a_claim_or_a_forbidden_word(language: Language) -> None:
    said = [text for text in _every_phrase(language) if find_numbers(text, language)]
    claimed = [text for text in _every_phrase(language) if find_claims(text, language)]
    forbidden = [
        text for text in _every_phrase(language) for platform in PLATFORMS if check_text(text, language, platform)
    ]

    assert (said, claimed, forbidden) == ([], [], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_book_is_as_rich_as_promised(language: Language) -> None:
    assert len(general_phrases(language).offers) >= 6
    for category in CATEGORIES:
        book = category_phrases(language, category)
        hooks = {hook.text for story in book.stories for hook in story.hooks}
        scenes = {scene.text for story in book.stories for scene in story.scenes}
        assert len(book.stories) >= 5
        assert len(hooks) >= 20
        assert len(scenes) >= 20
        assert all(len(story.pains) >= 4 and len(story.afters) >= 2 for story in book.stories)
        assert len(book.uses) >= 9
        assert len(book.calls) >= 5


@pytest.mark.parametrize(
    ("tone", "style"), [("温和、亲切", "warm"), ("upbeat and bold", "fast"), ("像讲故事", "story"), ("", "plain")]
)
def test_a_tone_in_free_words_picks_a_style(tone: str, style: str) -> None:
    assert style_for(tone) == style


def test_a_script_takes_milliseconds() -> None:
    brief = sample_brief("zh-CN", "drinks", 2)
    budgets = budgets_for(sample_structure(0), 15, "zh-CN")
    write_script(brief, budgets, "plain", 0)
    begun = time.process_time()
    for seed in range(20):
        write_script(brief, budgets, "plain", seed)

    assert (time.process_time() - begun) / 20 <= 0.02
