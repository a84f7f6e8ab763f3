"""Which of a room's products is on, by what is being said."""

from __future__ import annotations

from collections.abc import Sequence

from avatar.contracts import SAMPLES_A_TICK, RoomConfig
from avatar.live.schedule import Airing


class OnShow:
    """`selling` is the product of the script; `at` what card and desk show: an answer may speak of another one."""

    def __init__(self, room: RoomConfig, sentence: int = 0) -> None:
        self._room = room
        self.selling = room.product_at(sentence)
        self._shown = self.selling

    def at(self, airings: Sequence[Airing], tick: int) -> int:
        """The product, from 0, in the picture of `tick`; between two voices it stays."""
        middle = tick * SAMPLES_A_TICK + SAMPLES_A_TICK // 2
        heard = next((each for each in airings if each.stop is None and each.sounds_at(middle)), None)
        if heard is None:
            return self._shown
        turn = heard.turn
        if turn.sentence is not None:
            self.selling = self._room.product_at(turn.sentence)
        about = turn.answer.product if turn.answer is not None else None
        known = about is not None and 0 <= about < len(self._room.wares)
        self._shown = about if about is not None and known else self.selling
        return self._shown
