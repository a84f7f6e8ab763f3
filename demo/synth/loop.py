"""A loop is a ring: notes that ring past its end are heard at its start, so it has no seam to hide."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from demo.synth.instruments import RATE, Sound, shaped_noise

Stereo = npt.NDArray[np.float64]  # (samples, 2)


class Loop:
    """A ring of whole beats; `add` places sounds by beat, effects work around the ring."""

    def __init__(self, bpm: int, bars: int) -> None:
        if 60 * RATE % bpm:
            raise ValueError(f"bpm {bpm}: a beat must be a whole number of samples at {RATE} Hz")
        self.bpm, self.beat, self.beats = bpm, 60 * RATE // bpm, bars * 4
        self.samples = self.beat * self.beats
        self.buses: dict[str, Stereo] = {}

    def bus(self, name: str) -> Stereo:
        """The named ring of samples, silent at first."""
        if name not in self.buses:
            self.buses[name] = np.zeros((self.samples, 2))
        return self.buses[name]

    def add(self, name: str, beat: float, sound: Sound, gain: float = 1.0, pan: float = 0.0) -> None:
        """Lay a sound on a bus from a beat (fractions allowed); pan -1..1 at constant power."""
        angle = (pan + 1) * np.pi / 4
        where = (round(beat * self.beat) + np.arange(sound.size)) % self.samples
        target = self.bus(name)
        # A sound longer than the ring would write an index twice; add.at sums such overlaps.
        np.add.at(target[:, 0], where, sound * gain * np.cos(angle) * 1.414)
        np.add.at(target[:, 1], where, sound * gain * np.sin(angle) * 1.414)

    def reverb(self, name: str, seconds: float, wet: float, tone: float = 5000.0) -> None:
        """Circular convolution with a decaying stereo noise."""
        dry = self.bus(name)
        count = min(self.samples, int(seconds * RATE))
        decay = np.exp(-np.arange(count) / RATE * 6.9 / seconds) * np.minimum(1, np.arange(count) / (0.012 * RATE))
        for side in (0, 1):
            tail = np.zeros(self.samples)
            tail[:count] = shaped_noise(count / RATE + 1e-6, 180, tone, 101 + side)[:count] * decay
            tail /= np.sqrt(np.sum(tail**2))
            wash = np.fft.irfft(np.fft.rfft(dry[:, side]) * np.fft.rfft(tail), self.samples)
            dry[:, side] += wet * wash

    def echo(self, name: str, beats: float, feedback: float) -> None:
        """Ping-pong echo around the ring."""
        dry = self.bus(name)
        shift, wet = int(beats * self.beat), dry.copy()
        for turn in range(1, 5):
            wet = np.roll(wet, shift, axis=0)[:, ::-1] * feedback
            dry += wet if turn else 0

    def lowpass(self, name: str, hertz: float) -> None:
        """Gentle circular low-pass on a bus."""
        ring = self.bus(name)
        gain = 1 / (1 + (np.fft.rfftfreq(self.samples, 1 / RATE) / hertz) ** 4)
        for side in (0, 1):
            ring[:, side] = np.fft.irfft(np.fft.rfft(ring[:, side]) * gain, self.samples)

    def pump(self, name: str, depth: float) -> None:
        """Side-chain feel: every beat ducks the bus and lets it rise again."""
        phase = (np.arange(self.samples) % self.beat) / self.beat
        self.bus(name)[:] *= (1 - depth * np.exp(-phase * 5) * (1 - np.exp(-phase * 90)))[:, None]

    def mix(self) -> Stereo:
        """Sum of the buses, tilted for phone speakers: less below 140 Hz, more above 2.5 kHz, nothing below 35 Hz."""
        total = np.sum(list(self.buses.values()), axis=0)
        hertz = np.fft.rfftfreq(self.samples, 1 / RATE)
        tilt = (0.62 + 0.38 / (1 + (140 / np.maximum(hertz, 1)) ** 2)) * (
            1 + 1.2 / (1 + (2500 / np.maximum(hertz, 1)) ** 2)
        )
        tilt /= 1 + (35 / np.maximum(hertz, 1)) ** 6
        tilt[0] = 0
        return np.stack([np.fft.irfft(np.fft.rfft(total[:, side]) * tilt, self.samples) for side in (0, 1)], axis=1)
