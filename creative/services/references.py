"""What an advertiser does with references on the pages: pick one, set rights, write on its structure."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from core.errors import InputError
from creative.contracts import RowEntry
from creative.models import Brief, Pick, Reference, Script
from creative.references import api as references
from creative.rewriting.writer import STYLES
from creative.services.scripts import choose_script, hooks_of, write_version


@transaction.atomic
def pick_reference(brief: Brief, reference: Reference, row: Sequence[RowEntry]) -> Pick:
    """Book the pick; picking the same card again books nothing new."""
    newest = Pick.objects.filter(brief=brief).first()
    if newest and newest.reference_id == reference.pk:
        return newest
    return references.record_pick(brief, reference, row)


def write_first_script(brief: Brief) -> Script:
    """The chosen script on the picked structure: one that stands already, else a fresh one."""
    pick = Pick.objects.filter(brief=brief).select_related("reference").first()
    if pick is None:
        raise InputError("reference", "pick a reference first", "no-pick")
    standing = Script.objects.filter(brief=brief, reference=pick.reference).order_by("-created_at").first()
    return choose_script(standing or write_style(brief, pick.reference, STYLES[0]))


def write_style(brief: Brief, reference: Reference, style: str) -> Script:
    """One more version in this style; its hook is none that the brief has already."""
    versions = Script.objects.filter(brief=brief).prefetch_related("lines")
    return write_version(brief, reference, style, seed=1000 + versions.count(), avoid_hooks=hooks_of(versions))


def set_reference_rights(reference: Reference, may_reuse: bool) -> None:
    """Note whether rights to its pictures are held; no ad uses them either way."""
    kinds = Reference.Rights
    reference.rights = kinds.MAY_REUSE_PIXELS if may_reuse else kinds.ANALYSE_ONLY
    reference.save(update_fields=["rights"])


def remove_reference(reference: Reference) -> None:
    """Take a reference out of the library; scripts written on it keep their lines."""
    reference.delete()
