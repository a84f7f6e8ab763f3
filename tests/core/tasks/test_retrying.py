"""Which errors are tried again, and when."""

from __future__ import annotations

import random

import pytest
from celery import Celery
from django.db import OperationalError

from core.errors import InputError, RetryableError, ServiceDown, TerminalError
from core.tasks import ReliableTask
from core.tasks.retrying import is_retryable, pause_before_retry


@pytest.mark.parametrize("error", [RetryableError("x"), ServiceDown("broker", "x"), OperationalError("gone")])
def test_what_may_pass_is_tried_again(error):
    assert is_retryable(error)


@pytest.mark.parametrize("error", [TerminalError("x"), InputError("brief", "x"), ValueError("x")])
def test_what_can_only_fail_again_is_not(error):
    assert not is_retryable(error)


def test_pauses_double_up_to_two_minutes_and_are_scattered():
    pauses = [pause_before_retry(retries, random.Random(retries)) for retries in range(12)]

    for retries, pause in enumerate(pauses):
        middle = min(2.0**retries, 120.0)
        assert middle * 0.5 <= pause <= middle * 1.5
    assert len(set(pauses)) == 12


def test_a_task_is_tried_again_until_it_comes_through():
    app = Celery("test", task_cls=ReliableTask)
    app.conf.task_always_eager = True
    heard = []

    @app.task(bind=True)
    def shaky(self):
        heard.append(self.request.retries)
        if self.request.retries < 2:
            raise RetryableError("not yet")

    shaky.delay()

    assert heard == [0, 1, 2]


def test_a_terminal_error_ends_the_task_at_once():
    app = Celery("test", task_cls=ReliableTask)
    app.conf.task_always_eager = True
    heard = []

    @app.task
    def hopeless():
        heard.append("once")
        raise InputError("brief", "is empty")

    result = hopeless.delay()

    assert heard == ["once"]
    assert isinstance(result.result, InputError)


def test_tasks_are_acknowledged_late_and_returned_when_their_worker_is_lost():
    assert ReliableTask.acks_late
    assert ReliableTask.reject_on_worker_lost
