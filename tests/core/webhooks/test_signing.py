"""Standard Webhooks signatures: what is taken and what is turned away."""

from __future__ import annotations

import pytest

from core.errors import InputError
from core.webhooks.signing import BadSignature, SignedHeaders, new_secret, secret_bytes, sign, signed_headers, verify

KEY = secret_bytes("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
BODY = b'{"test": 2432232314}'
NOW = 1614265330.0
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"


def test_the_specification_s_own_example_verifies():
    assert sign(KEY, ID, int(NOW), BODY) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("seconds", [0, 300, -300])
def test_a_timestamp_within_five_minutes_is_taken(seconds):
    headers = SignedHeaders(ID, str(int(NOW)), sign(KEY, ID, int(NOW), BODY))
    verify([KEY], headers, BODY, NOW + seconds)


@pytest.mark.parametrize("seconds", [301, -301])
def test_a_timestamp_further_off_is_refused(seconds):
    headers = SignedHeaders(ID, str(int(NOW)), sign(KEY, ID, int(NOW), BODY))
    with pytest.raises(BadSignature, match="more than 300 s off"):
        verify([KEY], headers, BODY, NOW + seconds)


@pytest.mark.parametrize(
    ("event_id", "body", "signature"),
    [
        ("other", BODY, sign(KEY, ID, int(NOW), BODY)),
        (ID, BODY + b" ", sign(KEY, ID, int(NOW), BODY)),
        (ID, BODY, "v1,AAAA"),
        (ID, BODY, "v2," + sign(KEY, ID, int(NOW), BODY)[3:]),
        (ID, BODY, ""),
    ],
)
def test_whatever_was_altered_is_refused(event_id, body, signature):
    with pytest.raises(BadSignature, match="no signature fits"):
        verify([KEY], SignedHeaders(event_id, str(int(NOW)), signature), body, NOW)


@pytest.mark.parametrize(
    "timestamp", ["", "soon", "1614265330.5", " 1614265330", "01614265330", "１６１４２６５３３０"]
)
def test_a_timestamp_that_is_no_number_is_refused(timestamp):
    with pytest.raises(BadSignature):
        verify([KEY], SignedHeaders(ID, timestamp, "v1,x"), BODY, NOW)


def test_while_a_secret_is_replaced_either_side_may_be_ahead():
    old, new = secret_bytes(new_secret()), secret_bytes(new_secret())
    sent = signed_headers([new, old], ID, int(NOW), BODY)
    headers = SignedHeaders(sent["webhook-id"], sent["webhook-timestamp"], sent["webhook-signature"])
    for keys in ([old], [new], [KEY, old]):
        verify(keys, headers, BODY, NOW)


def test_a_secret_that_is_not_base64_is_named():
    with pytest.raises(InputError, match="secret"):
        secret_bytes("whsec_not base64!")
