"""No persona is built from a person who has not agreed to face and voice."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from avatar.models import HostPersona
from avatar.services import broadcasting
from avatar.services.personas import ConsentMissing, record_consent, save_persona, withdraw_consent

GIVEN = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
FORM = {"name": "周周", "base": "Lin", "language": "zh-CN", "likeness_of": "周晴"}
WORDS = "我同意用我的形象和声音生成数字人主播。"


def agreed(shop, *kinds: str) -> list:
    return [record_consent(shop.member, "周晴", kind, WORDS, "合同 7", GIVEN) for kind in kinds]


def test_an_invented_host_needs_no_consent(shop):
    assert save_persona(shop.advertiser, {**FORM, "likeness_of": ""}).likeness_consent is None


@pytest.mark.parametrize("kinds", [(), ("likeness",), ("voice",)])
def test_a_host_built_from_a_person_needs_both(shop, kinds):
    agreed(shop, *kinds)

    with pytest.raises(ConsentMissing):
        save_persona(shop.advertiser, FORM)
    assert not HostPersona.objects.exists()


def test_the_books_themselves_refuse_one_without(shop):
    with pytest.raises(IntegrityError), transaction.atomic():
        HostPersona.objects.create(advertiser=shop.advertiser, name="x", base="Lin", likeness_of="周晴")


def test_a_withdrawn_consent_keeps_the_host_off_air(shop):
    likeness, _ = agreed(shop, "likeness", "voice")
    shop.room.own_persona = save_persona(shop.advertiser, FORM)
    shop.room.save()
    assert withdraw_consent(likeness) == 1
    shop.room.own_persona.refresh_from_db()

    with pytest.raises(ConsentMissing, match="no likeness consent of 周晴 stands"):
        broadcasting.start(shop.room)
