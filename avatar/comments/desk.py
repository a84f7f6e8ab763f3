"""The desk where comments wait: who is answered, who joins whom, who is let go and why.

Pure: comments with their media time in, decisions out. The same comments in the same order give the same decisions.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from avatar.comments.contracts import ASKED, PRIORITY, Reading, Topic
from avatar.comments.likeness import is_alike
from avatar.comments.subjects import subject_of
from avatar.contracts import Comment

SWEEP_SECONDS = 5.0
"""How often viewers who asked nothing for long are forgotten."""

State = Literal["waiting", "working", "ready"]
Verdict = Literal["answer", "join", "drop"]


@dataclass(frozen=True)
class Limits:
    """Times in media seconds. `ttl` is how long after its comment an answer may still begin."""

    queued: int = 50
    ttl: float = 30.0
    repeat: float = 60.0
    join: float = 10.0
    viewer_open: int = 2
    viewer_answers: int = 4
    viewer_window: float = 300.0
    greeting_every: float = 45.0
    thanks_every: float = 90.0


@dataclass
class Cluster:
    """Comments that one answer serves. `reading` is the first of them."""

    number: int
    reading: Reading
    comments: list[Comment]
    priority: int
    state: State = "waiting"
    lane: str = ""

    @property
    def at(self) -> float:
        return self.reading.comment.at

    @property
    def topic(self) -> Topic:
        return self.reading.topic

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(comment.number for comment in self.comments)

    @property
    def viewers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(comment.viewer for comment in self.comments))


@dataclass(frozen=True)
class Decision:
    """What becomes of one comment: a new cluster to answer, one it joins, or nothing, with the reason for the log.

    `pushed_out` is the cluster that gives up its place in a full queue.
    """

    verdict: Verdict
    cluster: int = 0
    reason: str = ""
    pushed_out: Cluster | None = None


@dataclass
class _Viewer:
    """What one viewer asked lately: (media second, reading)."""

    asked: deque[tuple[float, Reading]] = field(default_factory=deque)


class Desk:
    """Holds at most `limits.queued` clusters, waiting, being worked on or ready to go on air."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._clusters: dict[int, Cluster] = {}
        self._viewers: dict[str, _Viewer] = {}
        self._last: dict[Topic, float] = {}
        self._next = 1
        self._now = 0.0
        self._swept = 0.0

    def __len__(self) -> int:
        return len(self._clusters)

    def take(self, reading: Reading) -> Decision:
        """What becomes of a comment that has just come in."""
        comment = reading.comment
        self._now = max(self._now, comment.at)
        self._forget()
        reason = self._refused(reading) or self._out_of_turn(reading)
        if reason:
            return Decision("drop", reason=reason)
        joined = self._joinable(reading)
        if joined is not None:
            joined.comments.append(comment)
            joined.priority = PRIORITY[joined.topic] + min(9, 3 * (len(joined.viewers) - 1))
            self._remember(reading)
            return Decision("join", joined.number)
        pushed = self._least_urgent(reading) if len(self._clusters) >= self.limits.queued else None
        if pushed is None and len(self._clusters) >= self.limits.queued:
            return Decision("drop", reason="too many")
        if pushed is not None:
            self.fail(pushed.number)
        self._remember(reading)
        return Decision("answer", self._open(reading).number, pushed_out=pushed)

    def cluster(self, number: int) -> Cluster | None:
        """The cluster, as long as it is open."""
        return self._clusters.get(number)

    def assign(self, number: int, lane: str) -> None:
        """Whose turn it is to work on the cluster."""
        if number in self._clusters:
            self._clusters[number].lane = lane

    def next_waiting(self, lane: str = "") -> Cluster | None:
        """The lane's most urgent cluster, now being worked on; of equals who was served least, then the oldest."""
        waiting = [each for each in self._clusters.values() if each.state == "waiting" and each.lane == lane]
        if not waiting:
            return None
        chosen = min(waiting, key=self._rank)
        chosen.state = "working"
        return chosen

    def ready(self, number: int) -> None:
        """The cluster's answer waits for its turn on air; others may still join it."""
        if number in self._clusters:
            self._clusters[number].state = "ready"

    def settle(self, number: int) -> None:
        """The cluster is through: on air, or dropped for good. Its askers are remembered."""
        self._clusters.pop(number, None)

    def fail(self, number: int) -> None:
        """No answer came of the cluster; its viewers may ask again."""
        cluster = self._clusters.pop(number, None)
        for comment in cluster.comments if cluster is not None else ():
            self._unremember(comment)

    def started(self, comments: tuple[int, ...]) -> None:
        """Their answer is on air: nobody joins it any more."""
        for cluster in [each for each in self._clusters.values() if set(each.numbers) & set(comments)]:
            self.settle(cluster.number)

    def let_go(self, comment: int) -> tuple[int, ...]:
        """The engine dropped the comment's answer unheard; its viewer may ask again. The clusters that are closed."""
        closed = tuple(each.number for each in self._clusters.values() if comment in each.numbers)
        for number in closed:
            self.fail(number)
        return closed

    def expire(self, now: float) -> tuple[Cluster, ...]:
        """Clusters that waited too long to be of use; they are closed."""
        self._now = max(self._now, now)
        late = tuple(each for each in self._clusters.values() if each.state != "ready" and self._is_late(each))
        for cluster in late:
            self.fail(cluster.number)
        return late

    def _is_late(self, cluster: Cluster) -> bool:
        return self._now - cluster.at > self.limits.ttl

    def _refused(self, reading: Reading) -> str:
        if reading.refusal:
            return reading.refusal
        if not reading.topics:
            return "small talk" if reading.key else "no words"
        return "off topic" if reading.topic == "off_topic" else ""

    def _out_of_turn(self, reading: Reading) -> str:
        """Repeated, one viewer's too much, or a pleasantry while questions wait."""
        viewer = self._viewers.get(reading.comment.viewer)
        if viewer is not None:
            lately = [each for at, each in viewer.asked if self._now - at <= self.limits.repeat]
            if any(is_same_question(reading, each) for each in lately):
                return "repeated"
            if (
                self._asked_of(viewer) >= self.limits.viewer_answers
                or self._open_of(reading) >= self.limits.viewer_open
            ):
                return "viewer limit"
        if reading.topic in ASKED or reading.topic == "identity":
            return ""
        return self._unneeded(reading.topic)

    def _unneeded(self, topic: Topic) -> str:
        """Greetings and thanks give way to questions, and keep a distance."""
        if any(each.topic in ASKED and each.state != "ready" for each in self._clusters.values()):
            return "busy"
        every = self.limits.greeting_every if topic == "greeting" else self.limits.thanks_every
        last = self._last.get(topic)
        is_open = any(each.topic == topic for each in self._clusters.values())
        return "" if last is None or is_open or self._now - last >= every else "lately done"

    def _asked_of(self, viewer: _Viewer) -> int:
        return sum(1 for at, _ in viewer.asked if self._now - at <= self.limits.viewer_window)

    def _open_of(self, reading: Reading) -> int:
        viewer = reading.comment.viewer
        return sum(1 for each in self._clusters.values() if each.reading.comment.viewer == viewer)

    def _joinable(self, reading: Reading) -> Cluster | None:
        """An open cluster that asks the same and has not been open for long."""
        fresh = (each for each in self._clusters.values() if self._now - each.at <= self.limits.join)
        same = (each for each in fresh if each.reading.product == reading.product)
        return next((each for each in same if is_same_question(reading, each.reading)), None)

    def _least_urgent(self, reading: Reading) -> Cluster | None:
        """A waiting cluster that is less urgent than `reading`, to give way to it."""
        waiting = [each for each in self._clusters.values() if each.state == "waiting"]
        least = max(waiting, key=self._rank, default=None)
        return least if least is not None and least.priority < PRIORITY[reading.topic] else None

    def _open(self, reading: Reading) -> Cluster:
        cluster = Cluster(self._next, reading, [reading.comment], PRIORITY[reading.topic])
        self._clusters[cluster.number] = cluster
        self._next += 1
        self._last[reading.topic] = self._now
        return cluster

    def _rank(self, cluster: Cluster) -> tuple[int, int, float, int]:
        served = len(self._viewers.get(cluster.reading.comment.viewer, _Viewer()).asked)
        return -cluster.priority, served, cluster.at, cluster.number

    def _remember(self, reading: Reading) -> None:
        asked = self._viewers.setdefault(reading.comment.viewer, _Viewer()).asked
        asked.append((reading.comment.at, reading))

    def _unremember(self, comment: Comment) -> None:
        viewer = self._viewers.get(comment.viewer)
        if viewer is not None:
            kept = [pair for pair in viewer.asked if pair[1].comment.number != comment.number]
            viewer.asked = deque(kept)

    def _forget(self) -> None:
        """Drop what is past: ready answers nobody took, and viewers who asked nothing for long."""
        for cluster in [each for each in self._clusters.values() if each.state == "ready" and self._is_late(each)]:
            self.settle(cluster.number)
        if self._now - self._swept >= SWEEP_SECONDS:
            self._swept = self._now
            for name in list(self._past_viewers()):
                del self._viewers[name]

    def _past_viewers(self) -> Iterator[str]:
        for name, viewer in self._viewers.items():
            while viewer.asked and self._now - viewer.asked[0][0] > self.limits.viewer_window:
                viewer.asked.popleft()
            if not viewer.asked:
                yield name


def is_same_question(one: Reading, other: Reading) -> bool:
    """Whether what `one` asks is answered by what answers `other`."""
    if one.language != other.language or not set(one.topics) <= set(other.topics):
        return False
    if one.key and one.key == other.key:
        return True
    if one.topic == "product":
        return is_alike(one.text, other.text)
    return all(subject_of(topic, one.text) == subject_of(topic, other.text) for topic in one.topics)
