"""The worker: one network for all rooms of a machine, asked in batches; work of an older epoch is dropped unseen."""

from __future__ import annotations

import json
import select
import socket
import time
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from avatar.heads.door import PATCHES
from avatar.heads.plan import Piece, Play, choose, open_ticks, urgent_pieces
from avatar.heads.ring import Ring
from avatar.heads.sentences import Sentence, Sentences
from avatar.live.wire import READ_BYTES, readable
from core.errors import AdloomError
from generation.heads import AvatarCache, HeadBroken, HeadOutOfMemory, TalkingHead, check_cache, check_made_for

IDLE_SECONDS = 0.01
"""Rooms tell where they are in shared memory, which wakes nobody: this is how often it is looked at."""

ASLEEP_SECONDS = 0.5
CONSENT_SECONDS = 5.0
MOST_WANTED = 12
HELLO_BYTES = 65_536


class Session:
    """One room: its ring, what it has on air and what it will say."""

    def __init__(self, end: socket.socket, cache: AvatarCache, ring: Ring) -> None:
        self.end, self.cache, self.ring = end, cache, ring
        self.plays: list[Play] = []
        self.wanted: OrderedDict[str, Sentence] = OrderedDict()
        self._rest = b""

    def read(self) -> list[dict[str, Any]] | None:
        """Messages that have come; None when the room is gone."""
        try:
            piece = self.end.recv(READ_BYTES)
        except BlockingIOError:
            return []
        except OSError:
            return None
        if not piece:
            return None
        self._rest += piece
        *lines, self._rest = self._rest.split(b"\n")
        return list(readable(lines))

    def drop_stale(self) -> None:
        """What a cut made void, and what is over."""
        epoch, position = self.ring.epoch, self.ring.position
        self.plays = [each for each in self.plays if each.epoch >= epoch and each.end > position]

    def hand_over(self) -> None:
        """Put into the ring what is drawn and due within the second."""
        for play in self.plays:
            for tick in open_ticks(play, self.ring.position):
                index = play.index(tick)
                if not play.sentence.is_done(index):
                    break
                self.ring.offer(play.epoch, tick, play.sentence.mouth(index))
                play.next_tick = tick + 1

    def urgent(self) -> Iterator[Piece]:
        return urgent_pieces(self.plays, self.ring.position)

    def close(self) -> None:
        self.end.close()
        self.ring.close()


class Worker:
    """Serves rooms that come in at `door`. `step` is one turn: hear, hand over, draw one batch."""

    def __init__(self, head: TalkingHead, door: socket.socket, folder: Path, batch: int = 4) -> None:
        self.head, self._door, self._batch = head, door, batch
        self.sessions: list[Session] = []
        self.sentences = Sentences(folder / PATCHES)
        self.batches: list[int] = []
        self._caches: dict[Path, AvatarCache] = {}
        self._looked_at = time.monotonic()

    def run(self, is_over: Any) -> None:
        """Until `is_over()`."""
        while not is_over():
            has_drawn = self.step()
            self._wait(0.0 if has_drawn else IDLE_SECONDS if self._has_plays() else ASLEEP_SECONDS)

    def step(self) -> bool:
        """True when something was drawn, so that there may be more."""
        self._let_in()
        self._look_at_consents()
        for session in list(self.sessions):
            self._hear(session)
        for session in self.sessions:
            session.drop_stale()
            session.hand_over()
        urgent = [piece for session in self.sessions for piece in session.urgent()]
        later = [each for session in self.sessions for each in session.wanted.values() if not each.is_complete]
        pieces = choose(urgent, later, self._batch)
        if pieces:
            self._draw(pieces)
            for session in self.sessions:
                session.hand_over()
        return bool(pieces)

    def close(self) -> None:
        for session in self.sessions:
            session.close()
        self._door.close()

    def _has_plays(self) -> bool:
        return any(session.plays for session in self.sessions)

    def _wait(self, seconds: float) -> None:
        select.select([self._door, *(session.end for session in self.sessions)], [], [], seconds)

    def _let_in(self) -> None:
        try:
            end, _ = self._door.accept()
        except BlockingIOError:
            return
        end.settimeout(1.0)
        try:
            message, fds, _, _ = socket.recv_fds(end, HELLO_BYTES, 1)
        except OSError:
            end.close()
            return
        if not fds:
            end.close()
            return
        try:
            cache = self._cache(Path(json.loads(message)["cache"]))
            check_cache(cache)
            check_made_for(cache, self.head.checkpoint_hash)
            session = Session(end, cache, Ring.open(fds[0]))
        except (AdloomError, ValueError, KeyError, TypeError) as error:
            _answer(end, {"kind": "refused", "reason": str(error)})
            end.close()
            return
        _answer(end, {"kind": "ready"})
        end.setblocking(False)
        self.sessions.append(session)

    def _look_at_consents(self) -> None:
        """A consent that is withdrawn while its room is on air ends the room's film; it is let in no more."""
        if time.monotonic() - self._looked_at < CONSENT_SECONDS:
            return
        self._looked_at = time.monotonic()
        for session in list(self.sessions):
            try:
                check_cache(session.cache)
            except AdloomError:
                self._let_go(session)

    def _let_go(self, session: Session) -> None:
        self.sessions.remove(session)
        session.close()

    def _cache(self, folder: Path) -> AvatarCache:
        """Read anew for each room: the folder may have been prepared again."""
        found = AvatarCache(folder)
        known = self._caches.get(folder)
        if known is not None and known.id == found.id:
            return known
        self._caches[folder] = found
        return found

    def _hear(self, session: Session) -> None:
        messages = session.read()
        if messages is None:
            self._let_go(session)
            return
        for message in messages:
            try:
                self._obey(session, message)
            except (OSError, ValueError, KeyError, TypeError, EOFError):
                # A sound that is gone or a broken word costs that sentence its mouth, not the room its worker.
                continue

    def _obey(self, session: Session, message: dict[str, Any]) -> None:
        sentence = self.sentences.get(session.cache, str(message["utterance"]), Path(message["sound"]))
        if message["kind"] == "want":
            session.wanted[sentence.key] = sentence
            while len(session.wanted) > MOST_WANTED:
                session.wanted.popitem(last=False)
        elif message["kind"] == "play":
            epoch, tick, frame, count = (int(message[name]) for name in ("epoch", "tick", "frame", "count"))
            session.plays.append(Play(epoch, tick, frame, count, sentence))

    def _draw(self, pieces: list[Piece]) -> None:
        """One pass. A picture that cannot be drawn is left closed: the same input would break again."""
        self.batches.append(len(pieces))
        del self.batches[:-1000]
        latents = np.stack([each.sentence.cache.latents[each.sentence.base(each.index)] for each in pieces])
        try:
            faces = self.head.render_latents(latents, self._features(pieces))
        except HeadOutOfMemory:
            self._draw_fewer(pieces)
            return
        except HeadBroken:
            for piece in pieces:
                piece.sentence.leave_closed(piece.index)
            return
        for piece, face in zip(pieces, faces, strict=True):
            piece.sentence.keep(piece.index, face[face.shape[0] // 2 :])
            if piece.sentence.is_complete:
                self.sentences.save(piece.sentence)

    def _draw_fewer(self, pieces: list[Piece]) -> None:
        """Half of them, and so on; a device that has no room for one draws none."""
        if len(pieces) == 1:
            raise HeadOutOfMemory("the device has no room for a single face")
        half = len(pieces) // 2
        self._draw(pieces[:half])
        self._draw(pieces[half:])

    def _features(self, pieces: list[Piece]) -> Any:
        import torch

        for piece in pieces:
            sentence = piece.sentence
            if sentence.features is None:
                sentence.features = self.head.features(sentence.pcm, 0, len(sentence))
        return torch.stack([each.sentence.features[each.index] for each in pieces])


def _answer(end: socket.socket, message: dict[str, Any]) -> None:
    try:
        end.sendall(json.dumps(message).encode() + b"\n")
    except OSError:
        return
