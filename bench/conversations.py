"""Rows C1, C2, C3 and C6: conversations under load, kills, floods of copies, and a CRM that fails.

`--small` gives each a minute. `CONVERSATIONS_SCALE` between 0 and 1 shortens the full length.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from bench.run import Figure, Row
from bench.talk_load import Ledger, Said, Visitors, percentile, until_answered
from bench.talk_platform import Platform, platform
from bench.talk_server import Outside, Reply

SCALE = float(os.environ.get("CONVERSATIONS_SCALE", "1"))
VICTIMS = ("web", "conversations-brain", "conversations-sender", "postgres")
FLAT = 1.05
"""Memory at the end of the steady load may be so many times that in its middle."""
LATENESS = """
select extract(epoch from sent_at - planned_at)::float8, extract(epoch from planned_at)::float8
from agentbot_outboundpart where event_type = 'message.part' and part_no = 1 and state = 'sent'
"""


async def steady_load(place: Platform, seconds: float, burst_seconds: float) -> dict[str, Any]:
    """60 turns a second, then 120."""
    outside = Outside()
    await outside.open()
    channel = await asyncio.to_thread(place.open_channel, outside.url("/callback"))
    outside.secrets["/callback"] = channel["secret"]
    visitors = Visitors(channel["inbound_url"], channel["secret"])
    memory, cpu = [_memory(place)], _cpu_seconds(place)
    await visitors.talk(60.0, seconds / 2, name="a")
    memory.append(_memory(place))
    await visitors.talk(60.0, seconds / 2, seed=2, name="b")
    memory.append(_memory(place))
    calm = [each.seconds for each in visitors.said]
    before, burst_at = len(visitors.said), time.time()
    await visitors.talk(120.0, burst_seconds, seed=3, name="c")
    burst = [each.seconds for each in visitors.said[before:]]
    drained = time.monotonic()
    await until_answered(visitors.said, outside.taken, 180)
    spent = _cpu_seconds(place) - cpu
    late = await asyncio.to_thread(place.ask, LATENESS)
    ledger = Ledger.of(visitors.said, outside.taken)
    await visitors.close()
    await outside.close()
    return {
        "ingest_p99_ms": round(percentile(calm, 0.99) * 1000, 1),
        "ingest_p50_ms": round(percentile(calm, 0.5) * 1000, 1),
        "burst_ingest_p99_ms": round(percentile(burst, 0.99) * 1000, 1),
        "first_part_late_p99_s": round(percentile([seconds for seconds, _ in late], 0.99), 2),
        "calm_late_p99_s": round(percentile([seconds for seconds, at in late if at < burst_at], 0.99), 2),
        "burst_late_p99_s": round(percentile([seconds for seconds, at in late if at >= burst_at], 0.99), 2),
        "drained_s": round(time.monotonic() - drained, 1),
        "cpu_ms_a_turn": round(spent * 1000 / len(visitors.said), 1),
        "memory_mb": [round(each / 1e6) for each in memory],
        "refused": dict(visitors.refused),
        "badly_signed": outside.badly_signed,
        **vars(ledger),
    }


def sustained_turns(small: bool, folder: Path) -> Figure:
    seconds, burst = (16.0, 4.0) if small else (900.0 * SCALE, 60.0 * SCALE)
    with platform(folder) as place:
        behind = asyncio.run(steady_load(place, seconds, burst))
    reached = (
        behind["ingest_p99_ms"] < 250
        and behind["burst_ingest_p99_ms"] < 500
        and behind["first_part_late_p99_s"] < 2
        and behind["memory_mb"][2] <= behind["memory_mb"][1] * FLAT
        and not behind["lost"]
        and not behind["twice"]
    )
    return Figure(behind["ingest_p99_ms"], "ms ingest p99", reached, behind)


async def under_kills(place: Platform, chats: int, kills: int, seconds: float, seed: int = 7) -> dict[str, Any]:
    """`chats` visitors write twice while something is killed every now and then."""
    outside = Outside()
    await outside.open()
    channel = await asyncio.to_thread(place.open_channel, outside.url("/callback"), outside.url("/crm"))
    outside.secrets = {"/callback": channel["secret"], "/crm": channel["crm_secret"]}
    visitors = Visitors(channel["inbound_url"], channel["secret"])
    chance = random.Random(seed)
    killed: Counter[str] = Counter()

    async def chat(number: int) -> None:
        await asyncio.sleep(chance.uniform(0, seconds * 0.7))
        await visitors.say(f"k{number}", "你们的冷萃咖啡多少钱一杯？")
        await asyncio.sleep(chance.uniform(2, 12))
        await visitors.say(f"k{number}", f"可以，我的电话是139{number:08d}，给我打电话吧")

    async def kill() -> None:
        for _ in range(kills):
            await asyncio.sleep(chance.uniform(0.3, 1.7) * seconds / kills)
            victim = chance.choice(VICTIMS)
            try:
                os.kill(place.pid(victim), signal.SIGKILL)
                killed[victim] += 1
            except (ProcessLookupError, FileNotFoundError, ValueError):
                continue

    await asyncio.gather(kill(), *(chat(number) for number in range(chats)))
    peace = time.monotonic()
    await until_answered(visitors.said, outside.taken, 120)
    await until_leads(outside, chats, 90)
    drained = time.monotonic() - peace
    ledger = Ledger.of(visitors.said, outside.taken)
    await visitors.close()
    await outside.close()
    found = {**vars(ledger), **leads_ledger(outside, chats)}
    return {"killed": dict(killed), "drained_s": round(drained, 1), **found}


async def until_leads(outside: Outside, leads: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and leads_ledger(outside, leads)["leads_lost"]:
        await asyncio.sleep(1.0)


def leads_ledger(outside: Outside, expected: int) -> dict[str, int]:
    """By external key: how many leads the CRM has, how many are missing, and how many came under two events."""
    created: dict[str, set[str]] = defaultdict(set)
    bodies: dict[str, set[str]] = defaultdict(set)
    for heard in outside.taken:
        if heard.event["type"].startswith("lead."):
            bodies[heard.id].add(heard.digest)
        if heard.event["type"] == "lead.created":
            created[heard.event["data"]["external_key"]].add(heard.id)
    doubled = sum(len(ids) > 1 for ids in created.values()) + sum(len(found) > 1 for found in bodies.values())
    return {"leads": len(created), "leads_lost": max(0, expected - len(created)), "leads_twice": doubled}


def kills(small: bool, folder: Path) -> Figure:
    chats, count, seconds = (40, 8, 30.0) if small else (int(10_000 * SCALE), int(200 * SCALE), 1500.0 * SCALE)
    with platform(folder) as place:
        behind = asyncio.run(under_kills(place, chats, count, seconds))
    wrong = behind["lost"] + behind["twice"] + behind["leads_lost"] + behind["leads_twice"]
    return Figure(float(wrong), "lost or twice", wrong == 0, behind)


async def in_copies(place: Platform, messages: int) -> dict[str, Any]:
    """Every message three times at once, in any order, and once more late."""
    outside = Outside()
    await outside.open()
    channel = await asyncio.to_thread(place.open_channel, outside.url("/callback"))
    visitors = Visitors(channel["inbound_url"], channel["secret"])
    said = [
        Said(f"c-{number}", f"c{number}", "门店周末几点开门？", offered_at=time.time()) for number in range(messages)
    ]
    copies = [Said(each.id, each.visitor, each.text, offered_at=each.offered_at) for each in said for _ in range(3)]
    random.Random(5).shuffle(copies)
    for start in range(0, len(copies), 60):
        await asyncio.gather(*(visitors.deliver(each) for each in copies[start : start + 60]))
    await until_answered(copies, outside.taken, 60)
    late = [Said(each.id, each.visitor, each.text, offered_at=each.offered_at) for each in said]
    for start in range(0, len(late), 60):
        await asyncio.gather(*(visitors.deliver(each) for each in late[start : start + 60]))
    await asyncio.sleep(6)
    ids: dict[str, set[str]] = defaultdict(set)
    for each in (*copies, *late):
        ids[each.id].add(each.stored)
    ledger = Ledger.of(copies, outside.taken)
    fresh = sum(1 for each in (*copies, *late) if each.stored and not each.duplicates)
    await visitors.close()
    await outside.close()
    several = sum(len(found) != 1 for found in ids.values())
    return {"several_ids": several, "not_duplicates": fresh, "refused": dict(visitors.refused), **vars(ledger)}


def copies(small: bool, folder: Path) -> Figure:
    messages = 100 if small else int(2000 * SCALE)
    with platform(folder) as place:
        behind = asyncio.run(in_copies(place, messages))
    wrong = behind["several_ids"] + behind["lost"] + behind["twice"] + abs(behind["not_duplicates"] - messages)
    return Figure(float(wrong), "messages or turns too many", wrong == 0, behind)


async def failing_crm(place: Platform, leads: int, outage_seconds: float) -> dict[str, Any]:
    """20 % 5xx, 10 % taken in and never answered, some 429, and an outage in the middle."""
    chance = random.Random(11)
    outage = [float("inf"), float("inf")]

    def manners(path: str, event_id: str, event: dict[str, Any]) -> Reply:
        if path != "/crm":
            return Reply()
        if outage[0] < time.time() < outage[1]:
            return Reply(503, stores=False)
        drawn = chance.random()
        if drawn < 0.2:
            return Reply(chance.choice((500, 502, 504)), stores=False)
        if drawn < 0.3:
            return Reply(0)
        return Reply(429, (("retry-after", "2"),), stores=False) if drawn < 0.35 else Reply()

    outside = Outside(manners)
    await outside.open()
    channel = await asyncio.to_thread(place.open_channel, outside.url("/callback"), outside.url("/crm"))
    visitors = Visitors(channel["inbound_url"], channel["secret"])
    for number in range(leads):
        await visitors.say(f"l{number}", f"请联系我，电话137{number:08d}")
        await asyncio.sleep(1.0 if outage_seconds >= 60 else 0.5)
        if number == leads // 2:
            outage[:] = [time.time(), time.time() + outage_seconds]
    await until_leads(outside, leads, outage_seconds + (150 if outage_seconds < 60 else 700))
    recovered = max((heard.at for heard in outside.taken if heard.path == "/crm"), default=0.0) - outage[1]
    lags = _lags(visitors, outside, outage)
    await visitors.close()
    await outside.close()
    return {
        **leads_ledger(outside, leads),
        "tries": sum(heard.path == "/crm" for heard in outside.seen),
        "healthy_p95_lag_s": round(percentile(lags, 0.95), 1),
        "last_after_outage_s": round(recovered, 1),
    }


def _lags(visitors: Visitors, outside: Outside, outage: list[float]) -> list[float]:
    """From the visitor's word to the CRM's yes, of those not touched by the outage."""
    said = {each.visitor: each.offered_at for each in visitors.said}
    first: dict[str, float] = {}
    for heard in outside.taken:
        if heard.event["type"] == "lead.created":
            first.setdefault(heard.event["data"]["visitor"], heard.at)
    return [at - said[who] for who, at in first.items() if said[who] > outage[1] or at < outage[0]]


def crm_faults(small: bool, folder: Path) -> Figure:
    leads, outage = (40, 12.0) if small else (int(600 * SCALE), 1800.0 * SCALE)
    with platform(folder) as place:
        behind = asyncio.run(failing_crm(place, leads, outage))
    wrong = behind["leads_lost"] + behind["leads_twice"]
    reached = wrong == 0 and behind["healthy_p95_lag_s"] < 60 and behind["last_after_outage_s"] < 600
    return Figure(float(wrong), "leads lost or twice", reached, behind)


def _memory(place: Platform) -> int:
    names = ("web", "conversations-brain", "conversations-sender")
    return sum(_resident_bytes(place.pid(name)) for name in names)


def _cpu_seconds(place: Platform) -> float:
    """Of web, brain, sender and PostgreSQL with its children: what a busy machine cannot blur."""
    pids = [place.pid(name) for name in VICTIMS]
    pids += [int(pid) for pid in Path(f"/proc/{pids[-1]}/task/{pids[-1]}/children").read_text().split()]
    fields = [
        Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() for pid in pids if Path(f"/proc/{pid}").exists()
    ]
    return sum(int(each) for stat in fields for each in stat[11:15]) / os.sysconf("SC_CLK_TCK")


def _resident_bytes(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


ROWS = [
    Row(
        "C1",
        "60 turns/s sustained, then 120/s",
        "86/s in a bare loop",
        "ingest p99 < 250 ms, first part < 2 s late, 0 lost, 0 twice, memory flat",
        sustained_turns,
    ),
    Row("C2", "SIGKILL of web, brain, sender, PostgreSQL", "others lose or double", "0 lost, 0 twice", kills),
    Row("C3", "each inbound 3 times at once, shuffled, late", "others race", "one message, one turn", copies),
    Row(
        "C6", "CRM push under failures", "others lose events", "every lead exactly once; p95 < 60 s healthy", crm_faults
    ),
]
