"""Pairs of leads: the same contact written otherwise is one person, anything else is two; and undoing leaves no trace."""

from __future__ import annotations

import json
import random

import pytest

from agentbot.channels.opening import open_channel
from agentbot.leads.capture import Given, keep_contacts
from agentbot.leads.merging import undo_merge
from agentbot.models import ChannelAccount, ContactPoint, Conversation, Lead, Message, Person, PersonMerge, PiiKey
from agentbot.pii import new_key, wrap_key
from agentbot.pre_pass import read
from core.models import Advertiser
from tests.agentbot.talking import NOON, Said

PAIRS = 2_000
_HAN = str.maketrans("0123456789", "零一二三四五六七八九")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
WRITTEN = (
    lambda number: f"我电话 {number}",
    lambda number: f"{number[:3]}-{number[3:7]}-{number[7:]}",
    lambda number: f"打我{number[:3]} {number[3:7]} {number[7:]}吧",
    lambda number: f"+86 {number}",
    lambda number: f"0086{number}",
    lambda number: f"手机号{number.translate(_WIDE)}",
    lambda number: f"我的手机{number.translate(_HAN)}",
    lambda number: f"v:wx{number}",
)


def a_number(chance: random.Random) -> str:
    return f"139{chance.randrange(10**8):08d}"


def pairs(count: int, seed: int) -> list[tuple[str, str, bool]]:
    """Two messages, and whether they name one contact."""
    chance = random.Random(seed)
    made: list[tuple[str, str, bool]] = []
    for place in range(count):
        first, kind = a_number(chance), place % 8
        second = first
        if kind in (4, 5):
            at = chance.randrange(3, 11)
            second = first[:at] + str((int(first[at]) + 1 + chance.randrange(8)) % 10) + first[at + 1 :]
        elif kind == 6:
            second = first[:9] + first[10] + first[9] if first[9] != first[10] else a_number(chance)
        elif kind == 7:
            name = f"tea{chance.randrange(10**6):06d}"
            made.append((f"微信 {name}", f"邮箱 {name}@example.com", False))
            continue
        ways = [chance.choice(WRITTEN[:7]), chance.choice(WRITTEN[:7])]
        made.append((ways[0](first), ways[1](second), first == second))
    return made


def contacts_of(text: str) -> set[tuple[str, str]]:
    return {(found.type, found.value) for found in read((Said("m", "visitor", text, NOON),)).contacts}


def test_of_two_thousand_pairs_none_is_merged_wrongly_and_hardly_one_missed():
    wrong, missed, same = [], [], 0
    for first, second, is_same in pairs(PAIRS, 10):
        meets = bool(contacts_of(first) & contacts_of(second))
        same += is_same
        wrong += [(first, second)] if meets and not is_same else []
        missed += [(first, second)] if is_same and not meets else []

    assert same >= 900
    assert wrong == []
    assert len(missed) <= 0.01 * same, missed[:5]


@pytest.fixture
def account(db) -> ChannelAccount:
    advertiser = Advertiser.objects.create(slug="tea", name="Tea")
    return open_channel(advertiser, "webhook", callback_url="http://127.0.0.1:9/cb", may_be_private=True).account


def says(account: ChannelAccount, visitor: str, text: str, **fields: str) -> None:
    key = PiiKey.objects.create(advertiser_id=account.advertiser_id, wrapped=wrap_key(new_key()))
    talk, _ = Conversation.objects.get_or_create(
        advertiser_id=account.advertiser_id, account=account, visitor=visitor, defaults={"key": key}
    )
    message = Message.objects.create(
        advertiser_id=account.advertiser_id, conversation=talk, seq=talk.messages.count() + 1, direction="in",
        author="visitor", sent_at=NOON,
    )  # fmt: skip
    told = {name: {"value": value, "message": "m"} for name, value in fields.items()}
    seen = read((Said(str(message.pk), "visitor", text, NOON),))
    keep_contacts(talk.pk, Given(seen.contacts, str(message.pk), "words", fields=told))


def test_pairs_become_one_person_or_two_in_the_books(account):
    made = pairs(40, 11)
    for place, (first, second, _) in enumerate(made):
        says(account, f"a{place}", first)
        says(account, f"b{place}", second)

    owner = dict(Conversation.objects.values_list("visitor", "person"))
    assert [owner[f"a{place}"] == owner[f"b{place}"] for place in range(40)] == [is_same for _, _, is_same in made]
    assert Lead.objects.filter(state="open").count() == Person.objects.count() == 80 - sum(each[2] for each in made)


def books(account: ChannelAccount) -> bytes:
    """Everything a merge touches, opened, as bytes."""
    people = [
        [str(row.pk), str(row.merged_into_id), sorted(each.value for each in row.contacts.all())]
        for row in Person.objects.order_by("pk")
    ]
    leads = [
        [str(row.pk), str(row.person_id), row.state, row.stage, row.fields]
        for row in Lead.objects.select_related("person__key").order_by("pk")
    ]
    talks = [[str(row.pk), str(row.person_id)] for row in Conversation.objects.order_by("pk")]
    points = [[str(row.pk), bytes(row.value_hmac).hex(), row.status] for row in ContactPoint.objects.order_by("pk")]
    return json.dumps([people, leads, talks, points], ensure_ascii=False, sort_keys=True).encode()


def test_undoing_a_merge_restores_the_books_byte_by_byte(account):
    says(account, "v1", "我电话 13900001111", city="杭州")
    says(account, "v2", "微信 tea_lover", city="上海", model="X3")
    before = books(account)
    kept, merged = Person.objects.order_by("created_at")

    from agentbot.leads.merging import merge_people

    merge_people(kept, merged, "by hand")
    assert books(account) != before
    undo_merge(PersonMerge.objects.get())

    assert books(account) == before
