"""How long a pause means that somebody is done."""

from __future__ import annotations

import pytest

from agentbot.turns.quiet import looks_unfinished, quiet_seconds


@pytest.mark.parametrize("text", ["我想问一下，", "还有", "hello", "I want to know if", "价格、", "那个…"])
def test_open_ends_wait_longer(text):
    assert looks_unfinished(text)
    assert quiet_seconds(text) == 4.0


@pytest.mark.parametrize("text", ["多少钱？", "How much is it?", "13800138000", "你好，多少钱"])
def test_whole_thoughts_wait_two_and_a_half_seconds(text):
    assert quiet_seconds(text) == 2.5
