"""One grammar of slugs for profiles and briefs."""

from __future__ import annotations

import pytest

from core.errors import InputError
from core.profiles import parse_profile
from core.slugs import is_slug
from creative.brief import BriefError, parse_brief

BRIEF = {
    "product": {"name": "龙井", "category": "茶", "price": "¥39.9"},
    "language": "zh-CN",
    "platform": "kuaishou",
    "length_seconds": 15,
}


@pytest.mark.parametrize("slug", ["tea", "tea-house", "7-tea-4", "a" * 60])
def test_a_slug_is_taken_by_profile_and_brief_alike(slug):
    assert is_slug(slug)
    assert parse_profile({"slug": slug, "name": "茶馆"}).slug == slug
    assert parse_brief({**BRIEF, "advertiser": slug}).advertiser == slug


@pytest.mark.parametrize("slug", ["tea_house", "tea-", "-tea", "tea--house", "Tea", "茶馆", "a" * 61])
def test_what_is_no_slug_is_refused_by_profile_and_brief_alike(slug):
    assert not is_slug(slug)
    with pytest.raises(InputError, match="slug"):
        parse_profile({"slug": slug, "name": "茶馆"})
    with pytest.raises(BriefError, match="advertiser"):
        parse_brief({**BRIEF, "advertiser": slug})


def test_no_advertiser_takes_the_name_of_what_belongs_to_all():
    with pytest.raises(InputError, match="'shared' stands for what belongs to every advertiser"):
        parse_profile({"slug": "shared", "name": "茶馆"})
