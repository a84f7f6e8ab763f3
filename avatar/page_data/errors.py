"""What live rooms refuse, in the reader's language: the thing, the reason, the way out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from avatar.scripts.checking import LineProblem
from core.errors import InputError
from creative.api import reason_in_words

_WAY_OUT = "; say it without this word"
_TOO_LONG = re.compile(r"is (\d+) characters long; split it, a line has at most (\d+)")


@dataclass(frozen=True)
class Problem:
    """One reason why a line may not be said; `line` counts from 1."""

    line: int
    word: str
    reason: str


def in_words(error: InputError) -> str:
    """By the error's code; an unknown one says what the room said."""
    thing = {"thing": error.thing}
    known = {
        **_of_voices(),
        "on_air": _("This room is on air already."),
        "empty_script": _("The script has no line. Write at least one sentence."),
        "script_refused": _("Some lines may not be said; each says why."),
        "script_too_long": _("“%(thing)s” holds more than 400 sentences.") % thing,
        "script_too_large": _("“%(thing)s” is larger than 512 kB.") % thing,
        "script_empty": _("“%(thing)s” holds no sentence.") % thing,
        "no_script": _("Nothing may be said of this product yet. Give it a fact or a price."),
        "missing": _("Something is missing: %(field)s.") % {"field": _field(error.thing)},
        "bad_amount": _("%(field)s is not an amount such as 39.9.") % {"field": _field(error.thing)},
        "bid_over_budget": _("The bid is more than the budget of a day."),
        "bad_stream_url": _("The address must begin with rtmp:// or rtmps://, without a password in it."),
        "bad_stream_key": _("A stream key is one word without spaces."),
        "too_many_outputs": _("A room goes to at most five platforms."),
        "label_without_ai": _(
            "Words of your own on the label say that the host is an AI and made (数字人, 生成, digital, generated), "
            "in one short line."
        ),
        "unknown_persona": _("This host is not there any more."),
        "consent_missing": _("The person has not agreed, or agreed no longer: record both consents first."),
        "not_on_air": _("The room is not on air."),
        "no_delay": _("This room lets nobody on air: set a delay for guests, for the next broadcast."),
        "taken": _("Somebody is on air already; let that guest go first."),
        "not_agreed": _("Without your agreement nobody is broadcast."),
        "not_waiting": _("This guest does not wait any more."),
        "link_over": _("This link is used or too old. Ask the host for a new one."),
        "refused_name": _("This name cannot be shown on air; choose another."),
        "product_there": _("This product is in the room already."),
        "too_many_products": _("A room goes through at most ten products."),
        "last_product": _("A room has at least one product."),
        "unknown_product": _("This product is not there any more."),
        "unknown_head": _("That film is not there: prepare it again."),
        "other_person": _("The film shows somebody else: name the person it shows."),
        "twice": _("Another host is called that already."),
    }
    return known.get(error.code, str(error))


def _of_voices() -> dict[str, str]:
    """What is wrong with a voice, or with a recording of somebody's."""
    return {
        "unknown_voice": _("There is no such voice."),
        "no_wav": _("The recording is no WAV file."),
        "recording_length": _("The recording has to last 3 to 30 seconds."),
        "recording_silent": _("The recording is too quiet to hear a voice in."),
        "recording_rate": _("The recording needs 16,000 samples a second or more."),
        "recording_large": _("The recording is larger than 20 MB."),
    }


def problem_of(found: LineProblem) -> Problem:
    """Why a line may not be said, in the reader's language."""
    reason = found.reason.removesuffix(_WAY_OUT)
    too_long = _TOO_LONG.fullmatch(found.reason)
    if too_long:
        said = _("is %(length)s characters long; split it, a line has at most %(most)s") % {
            "length": too_long[1],
            "most": too_long[2],
        }
    elif found.rule == "empty-line":
        said = _("the line says nothing; write a sentence or take it out")
    elif found.rule == "cue_mark":
        said = _("has a cue mark nobody knows; the buttons under the line write those there are")
    else:
        said = reason_in_words(reason)
        said = _("%(reason)s; say it without this word") % {"reason": said} if found.reason.endswith(_WAY_OUT) else said
    return Problem(found.line, found.word, said)


def _field(name: str) -> str:
    words = {
        "name": _("the name"),
        "text": _("what is to be said"),
        "recording": _("the recording"),
        "transcript": _("what is said in the recording"),
        "person": _("whose face or voice it is"),
        "words": _("the words that were agreed to"),
        "price": _("The price"),
        "bid": _("The bid"),
        "daily_budget": _("The budget"),
    }
    return words.get(name, name)
