"""A logged-in member and the rows behind the pages."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.creative.views.books import Books, some_books


@pytest.fixture
def books(db) -> Books:
    return some_books()


@pytest.fixture
def page(books: Books, client: Client) -> Client:
    """A browser of the member, in Chinese."""
    client.force_login(books.member.user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "zh-hans"
    return client


@pytest.fixture
def english(page: Client) -> Client:
    """The same browser, in English."""
    page.cookies["django_language"] = "en"
    return page
