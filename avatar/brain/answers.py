"""An answer on its way: what of it is voiced, what is sent at once and what follows while it is on air already.

A voice that takes its time is not waited for: the first sentences go out as soon as what they take to say covers what
the voicing of the others will take, and these follow. One that is quick is waited for, for then it is known before it
goes on air how long the answer is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from avatar.brain.voices import Voices
from avatar.comments.contracts import Topic
from avatar.comments.writing import Draft, Piece
from avatar.contracts import SAMPLE_RATE, Utterance
from avatar.speech.clauses import split_sentences

LONGEST_SAMPLES = 20 * SAMPLE_RATE
SLOW_SECONDS = 0.25
"""A sentence that took longer to voice is sent before the next one is, where the next ones will come in time."""
SAFETY = 1.2
"""How much longer than the sentences so far the others may take to voice."""


@dataclass(frozen=True)
class Outcome:
    """What became of a comment, for the control room: `source` of its answer, or `reason` it was let go for."""

    comment: int
    topic: Topic
    source: str = ""
    reason: str = ""
    text: str = ""


@dataclass
class Made:
    """A cluster's answer as far as it is voiced, so that joiners can be added to it; `is_open` while more follows.

    `sent_to` are the comments it was sent for.
    """

    draft: Draft
    body: tuple[Utterance, ...] = ()
    is_open: bool = False
    sent_to: tuple[int, ...] = ()
    lead: int = 0
    rest: Iterator[Utterance] = field(default_factory=lambda: iter(()))

    @property
    def expected(self) -> int:
        """How many samples the whole of it is reckoned to have: by the pace of what is voiced."""
        said, whole = sum(len(each.text) for each in self.body), len(self.draft.text)
        return min(LONGEST_SAMPLES, round(samples_of(self.body) * max(1.0, whole / max(1, said))))

    def voice(self, voices: Voices, monotonic: Callable[[], float]) -> None:
        """Until the rest will come in time where it takes its time; what fits no more is left out. Raises VoiceGone."""
        sizes, self.rest = sentence_sizes(self.draft.pieces), voiced(voices, self.draft.pieces)
        began = last = monotonic()
        for number, utterance in enumerate(self.rest, 1):
            self.is_open = False
            if not self.takes(utterance):
                return
            self.is_open = number < len(sizes)
            now = monotonic()
            if self.is_open and now - last > SLOW_SECONDS and self._keeps_up(now - began, sizes, number):
                return
            last = now

    def _keeps_up(self, took: float, sizes: Sequence[int], number: int) -> bool:
        """Whether the air never waits for a sentence if the `number` that are voiced, in `took` seconds, begin now."""
        said = samples_of(self.body) / SAMPLE_RATE
        return will_keep_up(said, took, sizes[:number], sizes[number:])

    def text(self, lead: Sequence[Utterance], is_chinese: bool) -> str:
        """What is said after `lead`; of an answer that is not voiced to its end yet, what is to be said."""
        planned = [piece.text for piece in self.draft.pieces]
        said = planned if self.is_open else [each.text for each in self.body]
        return joined([*(each.text for each in lead), *said], is_chinese)

    def takes(self, utterance: Utterance) -> bool:
        """Whether one more sentence still fits; it belongs to the answer then."""
        if self.lead + samples_of(self.body) + utterance.samples > LONGEST_SAMPLES:
            return False
        self.body = (*self.body, utterance)
        return True


def will_keep_up(said: float, took: float, voiced_sizes: Sequence[int], left_sizes: Sequence[int]) -> bool:
    """Whether each sentence left will be voiced before the air is through with those before it.

    `said` seconds were voiced in `took` seconds; sizes in characters, by which the others are reckoned.
    """
    characters = max(sum(voiced_sizes), 1)
    ahead = said
    for size in left_sizes:
        ahead -= SAFETY * took * size / characters
        if ahead < 0:
            return False
        ahead += said * size / characters
    return True


def sentence_sizes(pieces: Sequence[Piece]) -> list[int]:
    """Characters of each utterance these pieces will be."""
    return [len(sentence) for piece in pieces for sentence in split_sentences(piece.text)]


def voiced(voices: Voices, pieces: Sequence[Piece]) -> Iterator[Utterance]:
    """Utterance after utterance of all pieces, each as soon as it is there. Raises VoiceGone."""
    for piece in pieces:
        yield from voices.stream(piece)


def samples_of(utterances: Sequence[Utterance]) -> int:
    return sum(each.samples for each in utterances)


def within(utterances: tuple[Utterance, ...], longest: int = LONGEST_SAMPLES) -> tuple[Utterance, ...]:
    """As many whole utterances from the start as fit; () when not even the first does."""
    kept = utterances
    while kept and samples_of(kept) > longest:
        kept = kept[:-1]
    return kept


def joined(texts: Sequence[str], is_chinese: bool) -> str:
    return ("" if is_chinese else " ").join(texts)
