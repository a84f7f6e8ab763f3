"""What is said in these tests."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from avatar.contracts import Utterance

ZH = "今天只要39.9元，第二件半价，想要的朋友点下方链接，给自己带一瓶。"
ZH_NEXT = "配料只有水和咖啡豆，拧开就能喝，放进冰箱慢慢喝。"
EN = "It's only $4.99 today, and the second bottle is half price, so tap the link below."
EN_NEXT = "Just water and coffee, ready to drink from the fridge, and there is no sugar in it."


def samples_of(utterance: Utterance) -> NDArray[np.int16]:
    assert utterance.path is not None
    return np.load(utterance.path)
