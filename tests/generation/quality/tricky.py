"""Clean ads that a careless check would take for broken ones."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import cv2
import numpy as np

from tests.generation.quality.ads import (
    CANVAS,
    FPS,
    RATE,
    Ad,
    Picture,
    at_loudness,
    captions_of,
    clean_ad,
    label_of,
    music,
    scenery,
    shot,
)

FRAMES = 105
Maker = Callable[[Random], Ad]


def lively(random: Random) -> Ad:
    return clean_ad(random.randrange(10**6), FRAMES)


def dark_scene(random: Random) -> Ad:
    """A night scene: nothing brighter than a third, much of it nearly black."""
    source = scenery(random, 540, 960, low=random.randrange(6, 14), high=random.randrange(60, 90))
    return _ad(random, shot(random, FRAMES, (source.astype(np.float32) ** 1.3 / 4).astype(np.uint8) + 6))


def lamp_in_the_dark(random: Random) -> Ad:
    """A lit product on black ground, slowly turning towards us."""
    source = np.zeros((960, 540, 3), np.uint8)
    product = scenery(random, 260, 420)
    mask = np.zeros((420, 260), np.uint8)
    cv2.ellipse(mask, (130, 210), (120, 200), 0, 0, 360, 255, -1)
    source[270:690, 140:400] = product * (mask[:, :, None] > 0)
    return _ad(random, shot(random, FRAMES, cv2.GaussianBlur(source, (9, 9), 0), speed=0.4))


def slow_pan(random: Random) -> Ad:
    """A camera that hardly moves: a few pixels a second."""
    return _ad(random, shot(random, FRAMES, speed=0.18))


def white_product(random: Random) -> Ad:
    """White things on a white table, gently moving."""
    source = scenery(random, 540, 960, low=205, high=245)
    return _ad(random, shot(random, FRAMES, source, speed=0.7))


def quick_cuts(random: Random) -> Ad:
    """A cut every seven to ten frames between very different pictures."""
    parts = []
    while sum(map(len, parts)) < FRAMES:
        low, high = random.choice(((10, 120), (60, 200), (110, 245)))
        parts.append(shot(random, random.randrange(7, 11), scenery(random, 540, 960, low, high)))
    return _ad(random, np.concatenate(parts)[:FRAMES])


def quiet_passage(random: Random) -> Ad:
    """The music draws back by 25 dB for a breath of more than a second."""
    ad = lively(random)
    start = random.randrange(20, 50)
    ad.sound[start * RATE // FPS : (start + 40) * RATE // FPS] *= 10 ** (-25 / 20)
    ad.sound = at_loudness(ad.sound)
    return ad


def still_end_card(random: Random) -> Ad:
    """An end card that stands for three and a half seconds."""
    card = _card(random)
    film = np.concatenate([shot(random, 45), np.repeat(card[None], 105, axis=0)])
    ad = _ad(random, film)
    ad.captions = ad.captions[:1]
    ad.end_card_from = 45
    return ad


def breathing_end_card(random: Random) -> Ad:
    """A card of text on colour whose only movement is a slow growth of three hundredths."""
    card = _card(random)
    film = [shot(random, 30)]
    for index in range(75):
        scale = 1 + 0.03 * index / 75
        matrix = np.array(
            [[scale, 0, CANVAS.width / 2 * (1 - scale)], [0, scale, CANVAS.height / 2 * (1 - scale)]], float
        )
        film.append(cv2.warpAffine(card, matrix, (CANVAS.width, CANVAS.height), borderMode=cv2.BORDER_REPLICATE)[None])
    return _ad(random, np.concatenate(film))


def fade_in(random: Random) -> Ad:
    """A third of a second from black, and a third into it."""
    ad = lively(random)
    for index in range(9):
        for frame in (index, FRAMES - 1 - index):
            ad.film[frame] = ad.film[frame] * (index / 9)
    return ad


def black_brand(random: Random) -> Ad:
    """White type jumping on the brand's own black."""
    film = np.full((FRAMES, CANVAS.height, CANVAS.width, 3), 12, np.uint8)
    for start in range(0, FRAMES, 21):
        word = _word(random)
        for frame in range(start, min(FRAMES, start + 21)):
            top = 250 + max(0, 5 - (frame - start)) * 12
            scale = 1 + (frame - start) * 0.002
            size = (int(word.shape[1] * scale), int(word.shape[0] * scale))
            drawn = cv2.resize(word, size)[:, : CANVAS.width - 20]
            film[frame, top : top + drawn.shape[0], 10 : 10 + drawn.shape[1]] = drawn
    ad = _ad(random, film)
    ad.captions = []
    return ad


def _word(random: Random) -> Picture:
    canvas = np.full((120, 330, 3), 12, np.uint8)
    cv2.putText(canvas, random.choice(("COLD", "BREW", "12 h", "39.9")), (6, 96), 1, 7.0, (250, 250, 250), 14, 16)
    return canvas


def _card(random: Random) -> Picture:
    card = np.empty((CANVAS.height, CANVAS.width, 3), np.uint8)
    card[:] = [random.randrange(30, 220) for _ in range(3)]
    cv2.rectangle(card, (40, 220), (320, 330), [random.randrange(0, 255) for _ in range(3)], -1)
    cv2.putText(card, "COLD BREW", (52, 290), cv2.FONT_HERSHEY_SIMPLEX, 1.3, (250, 250, 250), 4, cv2.LINE_AA)
    cv2.circle(card, (180, 420), 60, (240, 230, 220), -1, cv2.LINE_AA)
    return card


def _ad(random: Random, film: np.ndarray) -> Ad:
    return Ad(film, music(random, len(film) / FPS), captions_of(random, len(film)), label_of(len(film)))


CLEAN: tuple[Maker, ...] = (
    lively, dark_scene, lamp_in_the_dark, slow_pan, white_product, quick_cuts,
    quiet_passage, still_end_card, breathing_end_card, fade_in, black_brand,
)  # fmt: skip
