"""Who goes next on a device, and with whom: on a clock we hold."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from generation.model_host.batching import Batch, Rules, Shares, Waiting, charge, next_batch, next_look_at

RULES = Rules(largest_batch=4, wait_seconds=0.5, switch_seconds=20.0, priority_seconds=12.0)


def shot(key: str, bucket: str = "wan:480p", advertiser: str = "a", since: float = 0.0, priority: int = 5) -> Waiting:
    return Waiting(key, bucket.split(":")[0], bucket, advertiser, priority, since)


def keys(batch: Batch | None) -> str:
    return " ".join(each.key for each in batch.shots) if batch else ""


def test_shots_of_one_shape_share_a_run():
    waiting = [shot("1"), shot("2", "wan:720p"), shot("3"), shot("4"), shot("5")]

    assert keys(next_batch(waiting, 0.0, RULES, Shares())) == "1 3 4 5"


def test_a_lone_shot_waits_for_company_and_no_longer():
    waiting = [shot("1", since=10.0), shot("2", since=10.2)]

    assert next_batch(waiting, 10.4, RULES, Shares()) is None
    assert next_look_at(waiting, RULES) == 10.5
    assert keys(next_batch(waiting, 10.5, RULES, Shares())) == "1 2"


def test_a_full_batch_does_not_wait():
    waiting = [shot(str(number), since=10.0) for number in range(4)]

    assert next_look_at(waiting, RULES) == 10.0
    assert keys(next_batch(waiting, 10.0, RULES, Shares())) == "0 1 2 3"


def test_nothing_waits_and_nothing_is_made():
    assert next_batch([], 0.0, RULES, Shares()) is None
    assert next_look_at([], RULES) is None


def test_a_batch_that_did_not_fit_is_smaller_from_then_on():
    waiting = [shot(str(number)) for number in range(4)]

    assert keys(next_batch(waiting, 0.0, RULES, Shares(), limits={"wan:480p": 2})) == "0 1"


def test_somebody_who_looks_at_a_page_goes_first():
    waiting = [shot(str(number)) for number in range(4)] + [shot("page", "wan:720p", priority=0)]

    assert keys(next_batch(waiting, 1.0, RULES, Shares())) == "page"


def test_two_advertisers_share_a_batch_whatever_each_has_ordered():
    waiting = [shot(f"a{number}") for number in range(9)] + [shot("b0", advertiser="b"), shot("b1", advertiser="b")]

    assert keys(next_batch(waiting, 1.0, RULES, Shares())) == "a0 b0 a1 b1"


def test_whoever_had_the_device_gives_way():
    waiting = [shot("a", advertiser="a"), shot("b", "wan:720p", "b", since=0.1)]
    spent = charge(Shares(), Batch("wan", "wan:480p", (shot("x", advertiser="a"),)), 60.0)

    assert keys(next_batch(waiting, 1.0, RULES, spent)) == "b"


def test_warm_weights_go_on_until_the_detour_is_worth_it():
    waiting = [shot("wan", "wan:480p", "a"), shot("ltx", "ltx:480p", "b")]
    little = charge(Shares(), Batch("wan", "wan:480p", (shot("x", advertiser="a"),)), 5.0)
    much = charge(Shares(), Batch("wan", "wan:480p", (shot("x", advertiser="a"),)), 15.0)

    assert keys(next_batch(waiting, 1.0, RULES, little, warm={"wan"})) == "wan"
    assert keys(next_batch(waiting, 1.0, RULES, much, warm={"wan"})) == "ltx"


def test_a_stream_of_urgent_shots_does_not_starve_a_thousand_patient_ones():
    waiting = [shot("page", priority=0), shot("bulk", "wan:720p", "b", priority=10)]
    shares = Shares()
    for _ in range(11):
        assert keys(next_batch(waiting, 1.0, RULES, shares, warm={"wan"})) == "page"
        shares = charge(shares, Batch("wan", "wan:480p", (waiting[0],)), 5.5, waiting)

    assert keys(next_batch(waiting, 1.0, RULES, shares, warm={"wan"})) == "bulk"


def test_nobody_saves_up_turns_while_away():
    shares = Shares()
    for _ in range(100):
        shares = charge(shares, Batch("wan", "wan:480p", (shot("x", advertiser="a"),)), 30.0)
    waiting = [shot(f"a{n}", advertiser="a") for n in range(20)] + [shot(f"b{n}", advertiser="b") for n in range(20)]

    first = next_batch(waiting, 1.0, RULES, shares)
    shares = charge(shares, first, 30.0, waiting)
    second = next_batch([each for each in waiting if each not in first.shots], 1.0, RULES, shares)

    assert "a0" in f"{keys(first)} {keys(second)}".split()


def run_flood(by: str, batches: int = 60) -> list[str]:
    """Ten shots of the flood arrive for every one of the trickle; which batches served the trickle."""
    shares, now, waiting, served = Shares(), 0.0, [], []
    for number in range(batches):
        flood = {"advertiser": "flood"} if by == "advertiser" else {"bucket": "wan:720p"}
        trickle = {"advertiser": "trickle"} if by == "advertiser" else {"bucket": "wan:480p"}
        waiting += [shot(f"f{number}.{n}", since=now, **flood) for n in range(10)]
        waiting.append(shot(f"t{number}", since=now, **trickle))
        batch = next_batch(waiting, now + RULES.wait_seconds, RULES, shares, warm={"wan"})
        shares = charge(shares, batch, 10.0, waiting)
        waiting = [each for each in waiting if each not in batch.shots]
        now += 10.0
        served += [each.key for each in batch.shots if each.key.startswith("t")]
    return served


def test_a_flood_of_ten_to_one_delays_nobody_else():
    by_advertiser, by_shape = run_flood("advertiser"), run_flood("bucket")

    assert len(by_advertiser) == 60
    assert len(by_shape) >= 56


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["wan:a", "wan:b", "ltx:c"]), st.sampled_from("xyz"), st.integers(0, 10)),
        min_size=1,
        max_size=30,
    ),
    st.integers(1, 5),
)
def test_everything_is_made_once_whatever_waits(orders, largest):
    rules, shares, now = Rules(largest_batch=largest), Shares(), 1.0
    waiting = [shot(str(n), bucket, who, 0.0, priority) for n, (bucket, who, priority) in enumerate(orders)]
    made = []
    while waiting:
        batch = next_batch(waiting, now, rules, shares)
        assert batch is not None
        assert len({each.bucket for each in batch.shots}) == 1
        assert 1 <= len(batch.shots) <= largest
        made += [each.key for each in batch.shots]
        shares, now = charge(shares, batch, 3.0, waiting), now + 3.0
        waiting = [each for each in waiting if each not in batch.shots]

    assert sorted(made, key=int) == [str(n) for n in range(len(orders))]
