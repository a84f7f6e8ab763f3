"""What is sealed opens under its own key alone, and never twice looks the same."""

from __future__ import annotations

import pytest

from core.sealing import key_for, seal, unseal


def test_what_is_sealed_comes_back_and_never_looks_the_same():
    key = key_for("test keys")
    first, second = seal(key, b"live_4711"), seal(key, b"live_4711")

    assert unseal(key, first) == unseal(key, second) == b"live_4711"
    assert first != second
    assert b"4711" not in first


@pytest.mark.parametrize("spoil", [lambda sealed: sealed[:-1] + bytes([sealed[-1] ^ 1]), lambda sealed: sealed[:20]])
def test_what_was_altered_does_not_open(spoil):
    key = key_for("test keys")

    with pytest.raises(ValueError, match="another key, or altered"):
        unseal(key, spoil(seal(key, b"live_4711")))


def test_a_key_is_good_for_one_purpose():
    with pytest.raises(ValueError, match="another key, or altered"):
        unseal(key_for("stream keys"), seal(key_for("intake secrets"), b"live_4711"))
