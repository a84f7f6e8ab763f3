"""Looks over what a simulated visitor wrote: a fact of the seller's that nobody told them spoils the conversation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agentbot.guards.figures import figures
from agentbot.guards.grounding import units
from agentbot.language import sentences
from core.claims.flat import fold
from core.contracts import Language

_ASKS = re.compile(
    r"[?？]|吗|呢\W*$|多少|几|什么|是不是|能不能|有没有|还是|"
    r"^(?:is|are|do|does|can|could|will|would|how|what|when|where|which)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"我(?!们?家?店|看到你|听说)|预算|家里|孩子|爸|妈|\b(?:i|i'm|i've|my|our|we|budget|kids?|wife|husband)\b", re.I
)
_SELLERS = re.compile(
    r"你们|您们?这|贵|官网|广告|店里|门店|\b(?:your|you|the (?:ad|shop|site|website))\b", re.IGNORECASE
)
_HAS_IT_FROM_THEM = re.compile(
    r"(?:你们?|您们?|你家|官网|广告)(?:上|里)?(?:次|回|刚才|之前|前面|不是)?(?:上|里|就|都|也)?"
    r"(?:说过?|讲过?|答应过?|承诺过?|写着?|提到过?|保证过?)(?:了|的|是|，|,)*(?P<zh>[^。！？!?]{3,})"
    r"|\b(?:you|your (?:ad|site|website|colleague))(?: guys| people)? (?:just |already )?"
    r"(?:said|promised|told me|wrote|mentioned|say|says|guarantee[ds]?)"
    r"(?: that)? (?P<en>[^.!?]{3,})",
    re.IGNORECASE,
)
LEAST_TOLD = 0.34
"""Share of an attributed statement's words that have to stand in what was told."""


def invented_facts(text: str, own: Sequence[str], told: Sequence[str], language: Language) -> tuple[str, ...]:
    """What `text` claims of the seller that neither the visitor's brief (`own`) nor anything `told` has.

    Questions claim nothing, and figures of the visitor's own life are theirs to make up.
    """
    known = [*own, *told]
    found = [*_figures(text, known, language), *_attributed(text, known)]
    return tuple(dict.fromkeys(found))


def _figures(text: str, known: Sequence[str], language: Language) -> Iterator[str]:
    values = {each.value for said in known for each in figures(fold(said).text, language)}
    for sentence in sentences(text):
        if _ASKS.search(sentence) or (_OWN.search(sentence) and not _SELLERS.search(sentence)):
            continue
        for figure in figures(fold(sentence).text, language):
            if figure.value not in values:
                yield f"figure: {figure.text}"


def _attributed(text: str, known: Sequence[str]) -> Iterator[str]:
    told = {unit for said in known for unit in units(said)}
    for match in _HAS_IT_FROM_THEM.finditer(text):
        claim = match["zh"] or match["en"]
        own = units(claim)
        if own and sum(unit in told for unit in own) / len(own) < LEAST_TOLD:
            yield f"attributed: {claim.strip()}"
