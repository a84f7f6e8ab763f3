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
        "bad_origin": _("“%(thing)s” is not the address of a page, such as https://shop.example.")
        % {"thing": error.thing},
        "private_address": _(
            "“%(thing)s” leads into this machine's own network. Give an address that can be reached from outside."
        )
        % {"thing": error.thing},
        "missing_origins": _("Name at least one page the chat may be shown on, such as https://shop.example."),
        "same_person": _("These two are one person already."),
        "bad_price": _("“%(thing)s” is not a price. Write it like ¥129,800 or 1,999 USD.") % {"thing": error.thing},
        "twice": _("“%(thing)s” is there already; change that one.") % {"thing": error.thing},
        "too_large": _("“%(thing)s” is larger than 2 MB.") % {"thing": error.thing},
        "too_long": _("“%(thing)s” is too long.") % {"thing": error.thing},
        "unknown_kind": _("“%(thing)s” cannot be read: give .txt, .md, .html or .csv.") % {"thing": error.thing},
        "bad_columns": _("“%(thing)s” has neither the columns title,text nor item,amount.") % {"thing": error.thing},
        "bad_encoding": _("“%(thing)s” is no text in UTF-8 or GB 18030.") % {"thing": error.thing},
        "bad_day": _("“%(thing)s” is not a day such as 2026-12-31.") % {"thing": error.thing},
        "bad_days": _("“%(thing)s” would end before it begins.") % {"thing": error.thing},
        "no_file": _("Choose a file or give the address of a page."),
        "no_answer": _("%(thing)s does not answer. Is the address right?") % {"thing": error.thing},
        "bad_answer": _("%(thing)s answered with an error. Is the page public?") % {"thing": error.thing},
        "no_text": _("%(thing)s holds no text that could be quoted.") % {"thing": error.thing},
        "answered": _("This comment has its public reply already."),
        "bad_credential": _("“%(thing)s” is not what the console shows: copy it again.") % {"thing": error.thing},
        "unknown_stage": _("There is no such stage."),
    }
    return {**known, **_of_settings(error)}.get(error.code, str(error))


def _of_settings(error: InputError) -> dict[str, str]:
    """Of CRMs and hosting rules."""
    return {
        "no_stage_file": _("Choose the exported file with its stages filled in."),
        "no_stage_columns": _("“%(thing)s” has no columns external_key and stage.") % {"thing": error.thing},
        "odd_stage": _("%(thing)s: %(why)s. Nothing was changed.") % {"thing": error.thing, "why": error.reason},
        "refused_by_crm": _("The CRM says no: %(why)s") % {"why": error.reason},
        "client_missing": _("Its connector is not installed here. Ask whoever runs Adloom to install the CRM extra."),
        "unknown_crm": _("Choose one of the CRMs."),
        "no_secret": _("Only a signed webhook has a secret of ours."),
        "bad_minutes": _("A wait is 1 to 1,440 minutes."),
        "bad_delay": _("A message leaves 1 hour to 30 days after the last word."),
        "wrong_count": _("At most 3 messages."),
        "bad_amount": _("“%(thing)s” is not an amount such as 12.50.") % {"thing": error.thing},
        "unknown_currency": _("Choose one of the currencies."),
    }
