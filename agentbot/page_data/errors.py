"""What the rooms refuse, in the reader's language: the thing, the reason, the way out."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.errors import InputError


def in_words(error: InputError) -> str:
    """By the error's code; an unknown one says what the room said."""
    known = {
        "opted_out": _("This visitor opted out: nothing more may be sent."),
        "superseded": _("The visitor has written since. A newer draft comes; this one can no longer leave."),
        "not_awaiting": _("This draft is settled already."),
        "erased": _("This person was erased; nothing can be written to them."),
        "bad_text": _("A message has 1 to 4,000 characters."),
        "missing": _("“%(thing)s” is empty.") % {"thing": error.thing},
        "undone": _("This merge is undone already."),
        "bad_url": _("“%(thing)s” must be an address that begins with https:// or http://.") % {"thing": error.thing},
        "bad_origin": _("“%(thing)s” is not the address of a page, such as https://shop.example.") % {"thing": error.thing},
        "private_address": _("“%(thing)s” leads into this machine's own network. Give an address that can be reached from outside.")
        % {"thing": error.thing},
        "missing_origins": _("Name at least one page the chat may be shown on, such as https://shop.example."),
        "same_person": _("These two are one person already."),
        "unknown_stage": _("There is no such stage."),
    }
    return known.get(error.code, str(error))
