"""One approved script, many openings: only the hook differs."""

import pytest

from creative.models import Batch, BatchEvent, Script
from creative.services import batches
from creative.services.own_hooks import with_own_hooks
from creative.services.scripts import edit_line, hooks_of
from tests.creative.views.books import a_script, a_shot, some_books

pytestmark = pytest.mark.django_db


@pytest.fixture
def books():
    return some_books()


def lines_after_hook(script):
    return [line.text for line in script.lines.all() if line.role != "hook"]


def test_each_ad_opens_with_a_hook_of_its_own_and_says_the_approved_rest(books):
    script = a_script(books)
    edit_line(script.lines.last(), "点左下角，带一瓶回工位。")

    versions = with_own_hooks([script], 4)

    assert versions[0] == script
    assert len(set(hooks_of(versions))) == 4
    assert {tuple(lines_after_hook(each)) for each in versions} == {tuple(lines_after_hook(script))}
    assert not any(line.findings for each in versions for line in each.lines.all() if line.role == "hook")


def test_at_most_six_openings_are_written_however_many_ads(books):
    assert len(with_own_hooks([a_script(books)], 50)) == 6


def test_enough_versions_are_left_alone(books):
    script = a_script(books)

    assert with_own_hooks([script], 1) == [script]


def test_the_next_order_takes_the_openings_that_stand(books):
    script = a_script(books)
    first = with_own_hooks([script], 3)

    assert with_own_hooks([script], 3) == first
    assert Script.objects.count() == 3


def test_a_line_changed_since_gets_openings_anew(books):
    script = a_script(books)
    with_own_hooks([script], 2)
    edit_line(script.lines.last(), "点左下角，带一瓶回工位。")

    versions = with_own_hooks([script], 2)

    assert lines_after_hook(versions[1])[-1] == "点左下角，带一瓶回工位。"


def test_only_an_order_that_asks_for_hooks_gets_them(books):
    script = a_script(books)
    a_shot(books.advertiser)
    for has_own_hooks in (False, True):
        order = batches.Order(count=3, has_own_hooks=has_own_hooks)
        batches.plan_batch(str(batches.start_batch(books.brief, [script], order).id))

    plain, own = Batch.objects.order_by("created_at")
    assert BatchEvent.objects.filter(what="plan failed").count() == 0
    assert (len(plain.script_ids), len(own.script_ids)) == (1, 3)
    assert len({ad.plan["slots"][0]["line"] for ad in plain.ads.all()}) == 1
    assert len({ad.plan["slots"][0]["line"] for ad in own.ads.all()}) == 3
