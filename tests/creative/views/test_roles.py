"""Every member reads; owners and editors make and change."""

from __future__ import annotations

import pytest

from tests.creative.views.test_briefs import FORM


@pytest.mark.parametrize("role", ["operator", "rep"])
def test_others_read_but_do_not_change(page, books, role):
    books.member.role = role
    books.member.save()

    assert page.get(f"/briefs/{books.brief.id}/").status_code == 200
    assert page.post(f"/briefs/{books.brief.id}/", FORM).status_code == 403
    assert page.post("/materials/upload", {}).status_code == 403


def test_an_editor_changes(page, books):
    books.member.role = "editor"
    books.member.save()

    assert page.post(f"/briefs/{books.brief.id}/", FORM).status_code == 302
