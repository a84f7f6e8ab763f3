"""Checkpoints as people read them: what a card says in words, and what lies on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generation.checkpoints.cards import Card, Shape
from generation.checkpoints.folders import Installed

UNKNOWN = "unknown"


def card_lines(card: Card) -> list[str]:
    """What somebody reads before a download: the licence first."""
    lines = [f"{card.id}: {card.name}", f"  licence: {card.licence} {card.licence_url}".rstrip()]
    lines.append(f"  commercial use: {commercial_text(card)}")
    lines += [f"  terms: {card.terms}"] if card.terms else []
    lines.append(f"  repository: {card.repo}; memory: {memory_text(card)}; shapes: {shape_text(card.shape)}")
    return lines


def listed(cards: Sequence[Card], installed: Sequence[Installed]) -> list[dict[str, Any]]:
    """Every card, then every folder here that has none, as JSON-ready values."""
    by_id = {each.card.id: each for each in installed if each.card is not None}
    entries = [_entry(card, by_id.get(card.id)) for card in cards]
    return entries + [_unregistered(each) for each in installed if each.card is None]


def _entry(card: Card, found: Installed | None) -> dict[str, Any]:
    return {
        "id": card.id,
        "name": card.name,
        "kind": card.kind,
        "engine": card.engine,
        "repo": card.repo,
        "licence": card.licence,
        "licence_url": card.licence_url,
        "commercial": card.commercial,
        "commercial_text": commercial_text(card),
        "terms": card.terms,
        "refused_in": list(card.refused_in),
        "revenue_below_usd": card.revenue_below_usd or None,
        "least_memory_bytes": card.least_memory_bytes or None,
        "memory_text": memory_text(card),
        "shape_text": shape_text(card.shape),
        "state": "" if found is None else ("here" if found.manifest else "here, not verified"),
        "folder": str(found.folder) if found else "",
    }


def _unregistered(found: Installed) -> dict[str, Any]:
    """Usable, and marked: whether its licence covers anything is for whoever put it there to know."""
    return {
        "id": found.name,
        "name": found.name,
        "kind": UNKNOWN,
        "engine": "",
        "repo": "",
        "licence": found.licence,
        "licence_url": "",
        "commercial": UNKNOWN,
        "commercial_text": "unregistered: yours to answer for",
        "terms": "",
        "refused_in": [],
        "revenue_below_usd": None,
        "least_memory_bytes": None,
        "memory_text": UNKNOWN,
        "shape_text": UNKNOWN,
        "state": "here" if found.manifest else "here, not verified",
        "folder": str(found.folder),
    }


def commercial_text(card: Card) -> str:
    words = {
        "yes": "yes",
        "no": "no",
        "agreement": "after an agreement",
        "unknown": "unknown: read the licence",
    }[card.commercial]
    limits = [f"below {card.revenue_below_usd / 1e6:g} M USD a year"] if card.revenue_below_usd else []
    limits += [f"not in {', '.join(card.refused_in)}"] if card.refused_in else []
    return "; ".join([words, *limits])


def memory_text(card: Card) -> str:
    if card.memory_gb:
        return f"{card.memory_gb:g} GB"
    return f"over {card.least_memory_bytes / 1e9:g} GB" if card.least_memory_bytes else UNKNOWN


def shape_text(shape: Shape) -> str:
    parts = [shape.frames, f"sides x{shape.multiple}" if shape.multiple else ""]
    parts += [shape.size, f"{shape.fps} fps" if shape.fps else ""]
    return ", ".join(part for part in parts if part) or UNKNOWN
