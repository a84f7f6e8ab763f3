"""What stands in columns whose type alone does not say it, so that pages can show the rows of `rows.py`.

Each entry takes the marker and a real file whose bytes are the marker.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from agentbot.pii import seal, wrap_key
from core.contracts import Money, dump
from creative.contracts import AdPlan, BriefData, PlannedShot, PlannedSlot, ProductBrief, SlotBudget
from generation.contracts import (
    PORTRAIT,
    Brand,
    CheckLimits,
    MediaSource,
    Provenance,
    RenderResult,
    RenderSpec,
    SafeArea,
    Timeline,
    Understanding,
)


def _brief(marker: str, file: Path) -> Any:
    product = ProductBrief(
        name=marker, category="咖啡", category_key="drinks", price_text="¥39.9", price=Money(3990), offer=marker
    )
    return dump(BriefData(product, "zh-CN", "kuaishou", 15.0))


def _plan(marker: str, file: Path) -> Any:
    slot = PlannedSlot("hook", marker, (), (), 80, (PlannedShot(marker, 80),))
    return dump(AdPlan((slot,), "zh-CN", "1080x1920", "", "", "", 1))


def _spec(marker: str, file: Path) -> Any:
    timeline = Timeline(PORTRAIT, SafeArea(0, 0, 1080, 1920), "zh-CN", 80, (), (), Brand(marker))
    return dump(RenderSpec(timeline, CheckLimits(15.0), Provenance(marker, marker, marker)))


def _result(marker: str, file: Path) -> Any:
    return dump(RenderResult(str(file), "", 80, 30, 80 / 30, (), None, 1.0, 1, 0))


def _understanding(marker: str, file: Path) -> Any:
    return dump(Understanding(MediaSource("", str(file), marker, "video", 64, 64, 80), "video", 2.7, False, ()))


def _key(marker: str) -> bytes:
    """One data key for all that is sealed in an advertiser's rows."""
    return hashlib.sha256(marker.encode()).digest()


def _sealed(text: Callable[[str], str]) -> Callable[[str, Path], Any]:
    return lambda marker, file: seal(_key(marker), text(marker))


def _words(marker: str) -> str:
    return marker


def _event(marker: str) -> str:
    return json.dumps({"type": "message.part", "data": {"text": marker}})


def _fields(marker: str) -> str:
    return json.dumps({"name": {"value": marker, "message": ""}})


def _draft(marker: str) -> str:
    return json.dumps({"segments": [{"text": marker, "sources": []}], "fields": {"name": {"value": marker}}})


def _wrapped(marker: str, file: Path) -> bytes:
    return wrap_key(_key(marker))


def _nothing(marker: str, file: Path) -> None:
    return None


CONTENTS: dict[str, Callable[[str, Path], Any]] = {
    "Brief.data": _brief,
    "Batch.is_bulk": lambda marker, file: False,
    "Ad.is_recipe": lambda marker, file: False,
    "Ad.plan": _plan,
    "Ad.spec": _spec,
    "Ad.result": _result,
    "Material.media": lambda marker, file: "video",
    "Material.understanding": _understanding,
    "Reference.understanding": _understanding,
    "Reference.format": lambda marker, file: "process",
    "Reference.platform": lambda marker, file: "kuaishou",
    "Reference.category": lambda marker, file: "drinks",
    "Reference.language": lambda marker, file: "zh-CN",
    "ReferenceSlot.role": lambda marker, file: "hook",
    "ScriptLine.role": lambda marker, file: "hook",
    "PiiKey.wrapped": _wrapped,
    "ChannelAccount.secret": _wrapped,
    "ChannelAccount.old_secret": _wrapped,
    "ChannelAccount.paused_until": _nothing,
    "ChannelAccount.origins": lambda marker, file: [f"https://{marker}.example"],
    "CrmConnection.secret": _wrapped,
    "Message.body": _sealed(_words),
    "Handoff.body": _sealed(_words),
    "Handoff.returned_at": _nothing,
    "ContactPoint.body": _sealed(_words),
    "ConsentRecord.body": _sealed(_words),
    "Lead.body": _sealed(_fields),
    "OutboundPart.body": _sealed(_event),
    "CrmDelivery.body": _sealed(_event),
    "AgentDraft.body": _sealed(_draft),
    "Conversation.erased_at": _nothing,
    "Conversation.opted_out_at": _nothing,
    "Person.erased_at": _nothing,
    "ScriptVersion.lines": lambda marker, file: [{"text": f"{marker}。", "ways": [marker]}],
    "Room.persona": lambda marker, file: "Lin",
    "Room.intake_token": lambda marker, file: f"token-of-{marker}",
    "Room.own_persona": _nothing,
    "HostPersona.choices": lambda marker, file: {},
    "LikenessConsent.withdrawn_at": _nothing,
    "ScriptLine.budget": lambda marker, file: dump(SlotBudget("hook", 2.5, 1.0, 4.0)),
}
