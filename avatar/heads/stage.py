"""The filmed host on air: a base frame, the mouth that was drawn for this tick, and everything that lies over it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from avatar.contracts import SAMPLES_A_TICK, TICKS_A_SECOND, Utterance
from avatar.faces.contracts import LabelCheck
from avatar.faces.label import lay_label
from avatar.faces.layout import Layout
from avatar.faces.overlays import Overlays
from avatar.faces.planes import frame_of
from avatar.heads.client import HeadClient
from avatar.heads.ring import Taken
from avatar.label_words import own_wording
from avatar.live.look import Look
from avatar.live.schedule import Airing, tick_of
from avatar.live.setup import RoomSetup
from avatar.live.stage import FacesStage, Yuv
from generation.heads import AvatarCache, BaseWalk, MouthFade, base_clip, blend_base, paste_mouth

FIRST_SECONDS = 60.0
"""A worker that has to load its model first takes this long before nobody waits for it."""

PATIENCE_SECONDS = 120.0
"""In virtual time nothing is late: a tick waits this long for its mouth."""

LEAD_TICKS = 3
"""The step to an utterance's first base frame is taken in the pause before it."""

LATE_TICKS = 2 * TICKS_A_SECOND
"""A voice over a closed mouth is borne this long; then the drawn host takes over."""

BACK_TICKS = 10 * TICKS_A_SECOND
LONGEST_BACK_TICKS = 300 * TICKS_A_SECOND
"""A worker that is too slow is asked again ever later: hosts that change all the time are worse than either."""

FADE_TICKS = 3
REMEMBERED = 64
DRAWN = ("host:drawn",)

_Key = tuple[str, int, int]


class HeadStage:
    """A filmed host; where its mouths fail to come, the same room with the drawn one, marked as such."""

    def __init__(self, setup: RoomSetup) -> None:
        if setup.head is None or setup.heads is None:
            raise ValueError("a filmed host has a head and a worker")
        config = setup.config
        self._drawn = FacesStage(setup)
        self._clip = base_clip(AvatarCache(setup.head), config.width, config.height, setup.faces or setup.folder)
        self._overlays = Overlays(Layout(config.width, config.height))
        self._wording = own_wording(config.label)
        self._patience = 0.0 if setup.is_paced else PATIENCE_SECONDS
        self._walk, self._fade = BaseWalk(len(self._clip)), MouthFade()
        self._yuv = np.zeros((config.height * 3 // 2, config.width), np.uint8)
        self._client = HeadClient(setup.heads, setup.head)
        self._calls = 0
        self._voice = tuple(each for each in config.degraded if each.startswith("voice:"))
        self._told: dict[_Key, None] = {}
        self._wanted: dict[str, None] = {}
        self._cache = AvatarCache(setup.head)
        self._switch = Switch(is_filmed=self._client.await_ready(FIRST_SECONDS))

    @property
    def degraded(self) -> tuple[str, ...]:
        return (*(() if self._switch.is_filmed else DRAWN), *self._voice)

    def compose(self, look: Look) -> Yuv:
        self._tell(look)
        speaking = _on_air(look.airings, look.tick, look.epoch)
        taken = Taken(True)
        if speaking is not None:
            taken = self._client.take(look.epoch, look.tick, self._patience if self._switch.is_filmed else 0.0)
        is_served = taken.is_there and self._client.is_ready
        self._switch.note(look.tick, is_served, speaking is not None, bool(self._client.refusal))
        if not self._switch.is_filmed:
            return self._switch.faded(look.tick, self._drawn.compose(look))
        return self._switch.faded(look.tick, self._filmed(look, taken))

    def slate(self) -> Yuv:
        return self._drawn.slate()

    def check_label(self, yuv: Yuv) -> LabelCheck:
        return self._drawn.check_label(yuv)

    def close(self) -> None:
        """Let the worker go."""
        self._client.close()

    def _filmed(self, look: Look, taken: Taken) -> Yuv:
        said = [_on_air(look.airings, tick, look.epoch) for tick in (look.tick, look.tick + LEAD_TICKS)]
        next_said = next((each for each in said if each is not None), None)
        shown = self._walk.step(None if next_said is None else self._base(next_said, look.tick))
        blend_base(self._clip.pictures, shown, self._yuv)
        mouth, strength = self._fade.step(taken.mouth)
        if mouth is not None:
            part, mask = self._clip.mouths[shown.index], self._clip.masks[shown.index]
            paste_mouth(self._yuv, part, mouth, mask, strength)
        self._overlays.change_to(self._drawn.overlay_state(look), look.tick)
        self._overlays.show_guest(look.guest)
        frame = frame_of(self._yuv)
        self._overlays.draw(self._yuv, [frame.box])
        lay_label(frame, self._wording)
        return self._yuv

    def _base(self, airing: Airing, tick: int) -> int:
        """The base frame that the utterance's mouths were drawn over."""
        return self._cache.anchor_of(airing.turn.utterance.id) + picture_of(airing, tick)

    def _tell(self, look: Look) -> None:
        """What is on air and what comes, each once a connection."""
        self._client.ring.tell(look.epoch, look.tick)
        if self._client.calls != self._calls:
            self._calls = self._client.calls
            self._told.clear()
            self._wanted.clear()
        for airing in look.airings:
            if airing.stop is None and airing.epoch == look.epoch and _key(airing) not in self._told:
                self._told[_key(airing)] = None
                self._play(airing)
        while len(self._told) > REMEMBERED:
            del self._told[next(iter(self._told))]
        self._want(look.ahead)

    def _play(self, airing: Airing) -> None:
        first, last = tick_of(airing.start), tick_of(airing.end - 1)
        self._client.play(airing.turn.utterance, airing.epoch, first, picture_of(airing, first), last - first + 1)

    def _want(self, ahead: tuple[Utterance, ...]) -> None:
        for utterance in ahead:
            if utterance.id not in self._wanted:
                self._wanted[utterance.id] = None
                self._client.want(utterance)
        while len(self._wanted) > REMEMBERED:
            del self._wanted[next(iter(self._wanted))]


class Switch:
    """Filmed or drawn, and the cross-fade between them."""

    def __init__(self, is_filmed: bool) -> None:
        self.is_filmed = is_filmed
        self._late = 0
        self._back = BACK_TICKS
        self._changed_at = -2 * LONGEST_BACK_TICKS
        self._last: NDArray[np.uint8] | None = None
        self._from: NDArray[np.uint8] | None = None
        self._left = 0

    def note(self, tick: int, is_served: bool, is_speaking: bool, is_refused: bool = False) -> None:
        """How it went: mouths that are missing for long bring the drawn host, a worker that is back the filmed one.

        A head that is refused (its consent was withdrawn) is not shown for another picture.
        """
        self._late = self._late + 1 if is_speaking and not is_served else 0 if is_served else self._late
        if self.is_filmed and (is_refused or self._late > LATE_TICKS):
            since = tick - self._changed_at
            self._back = BACK_TICKS if since > LONGEST_BACK_TICKS else min(2 * self._back, LONGEST_BACK_TICKS)
            self._change(tick, False)
        elif not self.is_filmed and is_served and not is_speaking and tick - self._changed_at >= self._back:
            self._change(tick, True)

    def faded(self, tick: int, picture: Yuv) -> Yuv:
        """The picture, on its way from the other host's last one while that is still seen."""
        if self._left and self._from is not None:
            import cv2

            share = 1 - self._left / (FADE_TICKS + 1)
            self._left -= 1
            mixed = np.asarray(cv2.addWeighted(picture, share, self._from, 1 - share, 0.0), np.uint8)
            self._last = mixed
            return mixed
        self._from = None
        self._last = picture
        return picture

    def _change(self, tick: int, is_filmed: bool) -> None:
        self.is_filmed, self._changed_at, self._late = is_filmed, tick, 0
        self._from, self._left = (None if self._last is None else self._last.copy()), FADE_TICKS


def picture_of(airing: Airing, tick: int) -> int:
    """Which picture of its utterance the tick shows: the one whose 40 ms sound at the tick's middle."""
    return airing.position(tick * SAMPLES_A_TICK + SAMPLES_A_TICK // 2) // SAMPLES_A_TICK


def _on_air(airings: tuple[Airing, ...], tick: int, epoch: int) -> Airing | None:
    """Who speaks in any part of the tick; a voice that was cut counts as gone."""
    begin, end = tick * SAMPLES_A_TICK, (tick + 1) * SAMPLES_A_TICK
    fitting = (each for each in airings if each.stop is None and each.epoch == epoch)
    return next((each for each in fitting if each.start < end and each.end > begin), None)


def _key(airing: Airing) -> _Key:
    return airing.turn.utterance.id, airing.start, airing.epoch


def head_stage(setup: RoomSetup) -> HeadStage:
    return HeadStage(setup)
