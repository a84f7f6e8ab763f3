"""Five loops. Chords are lists of MIDI notes, one a bar unless said otherwise."""

from __future__ import annotations

from demo.synth import instruments as play
from demo.synth.loop import Loop

SWING = 0.06


CALM_MELODY = {
    2: 79,
    3.5: 76,
    6.5: 74,
    9: 72,
    10.5: 76,
    14: 74,
    15: 71,
    18: 79,
    19.5: 81,
    22.5: 79,
    25: 76,
    27: 72,
    30: 74,
}


CALM_CHORDS = [
    [53, 57, 60, 64, 67],
    [52, 55, 59, 62, 66],
    [50, 53, 57, 60, 64],
    [55, 59, 62, 64, 69],
    [53, 57, 60, 64, 67],
    [52, 55, 59, 62, 67],
    [57, 60, 64, 67, 71],
    [55, 58, 62, 65, 69],
]


def calm_night() -> Loop:
    """Slow electric piano over a soft kick and brushes: Fmaj9, Em7, Dm9, G13, twice with a turn."""
    loop = Loop(72, 8)
    roots = [41, 40, 38, 43, 41, 40, 45, 43]
    for bar, chord in enumerate(CALM_CHORDS):
        start = bar * 4
        for index, note in enumerate(chord):
            loop.add("keys", start + index * 0.03, play.electric_piano(note, 3.0, 0.62), 0.26, (index - 2) * 0.22)
            loop.add(
                "keys",
                start + 2.5 + SWING + index * 0.02,
                play.electric_piano(note, 1.5, 0.4),
                0.17,
                (index - 2) * 0.22,
            )
        loop.add("pad", start, play.pad(chord[0], 4.2, 3.5, 1.0), 0.12, -0.4)
        loop.add("pad", start, play.pad(chord[2], 4.2, 3.5, 1.0), 0.10, 0.4)
        _night_rhythm(loop, bar, roots, start)
    for beat, note in CALM_MELODY.items():
        loop.add("bells", beat, play.bell(note, 2.2, 0.5), 0.13, 0.25)
    loop.echo("bells", 0.75, 0.35)
    loop.reverb("bells", 2.6, 0.7)
    loop.reverb("keys", 2.0, 0.28)
    loop.lowpass("keys", 5200)
    return loop


def _night_rhythm(loop: Loop, bar: int, roots: float, start: int) -> None:
    """Bass, soft kick, brushes, swung hats of one bar."""
    for beat, length in ((0, 1.6), (2.5, 0.8), (3.5 + SWING, 0.4)):
        loop.add("bass", start + beat, play.bass(roots[bar], length, 0.8, 0.18), 0.40)
    for beat in (0, 2.5):
        loop.add("drums", start + beat, play.kick(0.8, soft=True), 0.62)
    for beat in (1, 3):
        loop.add("drums", start + beat, play.snare(0.5, brush=True), 0.34, 0.1)
    for eighth in range(8):
        loop.add(
            "drums",
            start + eighth / 2 + (SWING if eighth % 2 else 0),
            play.hat(0.5 if eighth % 2 else 0.8, seed=20 + eighth),
            0.085,
            0.3,
        )


def bright_morning() -> Loop:
    """Marimba and plucks over claps: C, G/B, Am7, F, with a rising tail."""
    loop = Loop(100, 12)
    chords = [[60, 64, 67], [59, 62, 67], [57, 60, 64], [53, 57, 60]] * 2 + [
        [50, 53, 57],
        [55, 59, 62],
        [52, 55, 59],
        [53, 57, 62],
    ]
    roots = [36, 35, 33, 29] * 2 + [38, 31, 40, 29]
    pattern = [0, 0.75, 1.5, 2, 2.75, 3.5]
    tune = [76, 79, 84, 83, 79, 76, 74, 79, 83, 81, 79, 74, 72, 76, 81, 79, 76, 72, 72, 77, 81, 79, 77, 72]
    for bar, chord in enumerate(chords):
        start = bar * 4
        for step, beat in enumerate(pattern):
            note = tune[(bar % 4) * 6 + step] if bar < 8 else chord[step % 3] + 12 + (12 if step in (2, 5) else 0)
            loop.add("marimba", start + beat, play.marimba(note, 0.8, 0.8), 0.24, 0.3 if step % 2 else -0.3)
        for beat in (0.5, 1.5, 2.5, 3.5):
            for index, note in enumerate(chord):
                loop.add(
                    "uke", start + beat + index * 0.018, play.string_pluck(note + 12, 0.7, 0.6, 0.985, bar), 0.17, 0.2
                )
        for beat, length in ((0, 0.55), (1.5, 0.3), (2, 0.55), (3.5, 0.28)):
            loop.add("bass", start + beat, play.bass(roots[bar] + 12, length, 0.8, 0.4), 0.34)
        for beat in (0, 1.5, 2):
            loop.add("drums", start + beat, play.kick(0.9), 0.55)
        for beat in (1, 3):
            loop.add("drums", start + beat, play.clap(0.6), 0.34, -0.1)
        for sixteenth in range(16):
            loop.add(
                "drums", start + sixteenth / 4, play.shaker(0.9 if sixteenth % 4 == 2 else 0.5, sixteenth), 0.08, 0.4
            )
        if bar >= 4:
            loop.add("pad", start, play.pad(chord[1] + 12, 2.6, 3, 0.5), 0.07, 0.0)
    loop.reverb("marimba", 1.4, 0.3)
    loop.reverb("uke", 1.2, 0.25)
    return loop


def city_drive() -> Loop:
    """Four on the floor, pumping saws and an arpeggio: Am, F, C, G."""
    loop = Loop(120, 16)
    chords = [[57, 60, 64, 67], [53, 57, 60, 64], [48, 55, 60, 64], [55, 59, 62, 67]] * 4
    roots = [33, 29, 36, 31] * 4
    order = [0, 2, 1, 3, 2, 1, 3, 2]
    for bar, chord in enumerate(chords):
        start, full = bar * 4, bar >= 4
        for index, note in enumerate(chord):
            loop.add("pad", start, play.pad(note, 2.1, 6.5, 0.12), 0.11, (index - 1.5) * 0.4)
        for step in range(16):
            note = chord[order[step % 8]] + (24 if step % 8 in (3, 6) else 12)
            loop.add(
                "arp",
                start + step / 4,
                play.saw_stab(note, 0.26, 0.8 if step % 4 == 0 else 0.55, 7),
                0.15,
                0.45 if step % 2 else -0.45,
            )
        for eighth in range(8):
            jump = 12 if eighth in (3, 7) else 0
            loop.add("bass", start + eighth / 2, play.bass(roots[bar] + jump, 0.24, 0.9, 0.5), 0.34)
        _drive_drums(loop, bar, full, start)
    for bar in range(8, 16):
        for beat, note in ((0, 81), (1.5, 79), (3, 76)):
            loop.add("lead", bar * 4 + beat, play.bell(note + (3 if bar % 4 == 2 else 0), 1.2, 0.6), 0.16)
    loop.pump("pad", 0.75)
    loop.pump("bass", 0.45)
    loop.echo("arp", 0.75, 0.32)
    loop.echo("lead", 0.75, 0.4)
    loop.reverb("lead", 1.8, 0.5)
    return loop


def _drive_drums(loop: Loop, bar: int, full: float, start: int) -> None:
    """Kick on every beat, claps, hats once it is full, a fill every eight bars."""
    for beat in range(4):
        loop.add("drums", start + beat, play.kick(1.0), 0.66)
        loop.add("drums", start + beat + 0.5, play.hat(0.8, opened=True), 0.10, 0.2)
    for beat in (1, 3):
        loop.add("drums", start + beat, play.clap(0.7), 0.30)
        loop.add("drums", start + beat, play.snare(0.5), 0.22)
    for sixteenth in range(16 if full else 0):
        loop.add("drums", start + sixteenth / 4, play.hat(0.55, seed=30 + sixteenth), 0.06, -0.3)
    if bar % 8 == 7:
        for step in range(6):
            loop.add("drums", start + 2.5 + step / 4, play.snare(0.3 + step * 0.08), 0.30)


WARM_TUNE = {
    0: 78,
    3: 76,
    4: 73,
    7: 74,
    8: 74,
    10: 78,
    12: 79,
    14.5: 78,
    15: 76,
    16: 81,
    19: 78,
    20: 76,
    22.5: 73,
    24: 74,
    27: 76,
    28: 74,
    30: 71,
}


def warm_pluck() -> Loop:
    """Finger-picked strings with a low drone and a light foot tap: D, A/C#, Bm7, G."""
    loop = Loop(80, 8)
    chords = [[50, 57, 62, 66, 69], [49, 57, 61, 64, 69], [47, 54, 62, 66, 69], [43, 55, 59, 62, 66]]
    picking = [(0, 0), (0.5, 2), (1, 3), (1.5, 4), (2, 1), (2.5, 3), (3, 4), (3.5, 2)]
    for bar in range(8):
        start, chord = bar * 4, chords[bar % 4]
        for beat, string in picking:
            late = 0.012 * ((bar * 7 + string * 3) % 3)
            loop.add(
                "guitar",
                start + beat + late,
                play.string_pluck(chord[string], 2.6, 0.85 if string == 0 else 0.6, 0.9965, bar + string),
                0.36,
                (string - 2) * 0.22,
            )
        _pluck_ground(loop, chord, start)
    for beat, note in WARM_TUNE.items():
        loop.add("WARM_TUNE", beat, play.string_pluck(note, 2.0, 0.7, 0.995, 40), 0.24, 0.15)
    loop.reverb("guitar", 1.6, 0.24)
    loop.reverb("WARM_TUNE", 2.0, 0.4)
    return loop


def _pluck_ground(loop: Loop, chord: list[int], start: int) -> None:
    """Drone, pad and foot tap of one bar."""
    loop.add("low", start, play.bass(chord[0] - 12 if chord[0] > 46 else chord[0], 2.4, 0.6, 0.1), 0.24)
    loop.add("pad", start, play.pad(chord[2], 3.6, 2.6, 1.1), 0.09, -0.3)
    loop.add("pad", start, play.pad(chord[3], 3.6, 2.6, 1.1), 0.07, 0.3)
    for beat in (0, 2):
        loop.add("tap", start + beat, play.kick(0.7, soft=True), 0.36)
    for beat in (1, 3):
        loop.add("tap", start + beat, play.snare(0.35, brush=True), 0.18)
    for eighth in (1, 3, 5, 7):
        loop.add("tap", start + eighth / 2, play.shaker(0.6, eighth), 0.07, 0.35)


def soft_electronic() -> Loop:
    """Glass bells, a round sub and small clicks: Ebmaj7, Cm9, Abmaj7, Bb6."""
    loop = Loop(90, 12)
    chords = [[63, 67, 70, 74], [60, 63, 67, 74], [56, 63, 67, 72], [58, 62, 65, 67]] * 3
    roots = [39, 36, 32, 34] * 3
    figure = [0, 2, 3, 1, 2, 0, 3, 2]
    for bar, chord in enumerate(chords):
        start = bar * 4
        for index, note in enumerate(chord):
            loop.add("pad", start, play.pad(note - 12, 3.0, 4.0, 0.5), 0.11, (index - 1.5) * 0.45)
        for step in range(8):
            if (bar % 4 == 3 and step > 5) or (bar < 4 and step % 2):
                continue
            loop.add(
                "bells",
                start + step / 2,
                play.bell(chord[figure[step]] + 12, 1.3, 0.75 if step % 4 == 0 else 0.5),
                0.15,
                0.5 if step % 2 else -0.4,
            )
        for beat, length in ((0, 1.0), (1.75, 0.3), (2.5, 0.8)):
            loop.add("sub", start + beat, play.bass(roots[bar], length, 0.9, 0.15), 0.42)
        for beat in (0, 1.75, 2.5):
            loop.add("drums", start + beat, play.kick(0.9, soft=True), 0.6)
        for beat in (1, 3):
            loop.add("drums", start + beat, play.clap(0.4), 0.22)
        for sixteenth in range(16):
            if (sixteenth * 5 + bar) % 3:
                loop.add(
                    "drums",
                    start + sixteenth / 4,
                    play.hat(0.7 if sixteenth % 4 == 2 else 0.4, seed=50 + sixteenth),
                    0.075,
                    0.5 - (sixteenth % 5) * 0.25,
                )
    loop.pump("pad", 0.5)
    loop.echo("bells", 0.75, 0.38)
    loop.reverb("bells", 2.2, 0.4)
    return loop
