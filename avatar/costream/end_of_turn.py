"""How long a silence ends a turn, and what is no turn at all: from the words alone.

LiveKit's agents start from 0.5 s of speech to interrupt, 0.5 to 3 s of silence to end a turn, 2 s to call an
interruption a false alarm. A question on air is shorter than a conversation with a machine: 1.4 s is our longest.
"""

from __future__ import annotations

import re

COMPLETE_SECONDS, OPEN_SECONDS, UNFINISHED_SECONDS = 0.5, 0.75, 1.4

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[a-z0-9']+")
_COMPLETE = re.compile(
    r"[?？。!！]$|(吗|呢|吧|么|多少钱|多少|怎么[买卖用发]|几天|哪里|什么时候|谢谢|可以了|就这样)$"
    r"|\b(how much|please|thanks|thank you|right now|is it|does it|do you|can i)$"
)
_UNFINISHED = re.compile(
    r"(然后|就是|就是说|那个|这个|因为|但是|不过|而且|所以|如果|还有|或者|比如|的话|和|跟|的"
    r"|我想|想问|请问|请问一下|你好|您好|主播|喂|嗯+|呃+)[，,、…]?$"
    r"|\b(and|but|so|because|if|or|the|a|an|to|of|with|is|are|i|my|your|how|what|does|do|can"
    r"|um+|uh+|er+|hello|hi|hey|excuse me)[,…]?$"
)
_NODS = "嗯|对|好|是|哦|噢|啊|哈|行|哇|呀|的|可以|明白|了解|知道了|没错|原来如此|这样"
_NODS_LATIN = "yeah|yes|yep|uh|huh|mm+|mhm|ok|okay|right|all right|sure|wow|oh|ah|ha|haha|cool|nice|great|i see|got it"
_BACKCHANNEL = re.compile(rf"(?:(?:{_NODS})|\b(?:{_NODS_LATIN})\b|\s)+")


def units(text: str) -> int:
    """How much was said: Chinese characters and other words."""
    plain = text.lower()
    return len(_HAN.findall(plain)) + len(_LATIN.findall(_HAN.sub(" ", plain)))


def is_backchannel(text: str) -> bool:
    """Whether somebody only shows that they listen: 嗯嗯, "uh-huh", "okay okay"; "" is not known."""
    plain = re.sub(r"[^\w\u3400-\u9fff]+", " ", text.lower()).strip()
    return bool(plain) and _BACKCHANNEL.fullmatch(plain) is not None


def silence_needed(text: str) -> float:
    """Seconds of silence after which a turn with these words is over."""
    plain = text.strip().lower()
    if not plain:
        return OPEN_SECONDS
    if _UNFINISHED.search(plain):
        return UNFINISHED_SECONDS
    return COMPLETE_SECONDS if _COMPLETE.search(plain) else OPEN_SECONDS
