"""Close shots of glass and bottle: ice falls, milk clouds, dew runs, the bottle turns, the label comes into focus."""

from __future__ import annotations

import math

import numpy as np
import skia

from demo.draw import glass
from demo.draw.bottle import bead, bottle, contact, draw_bottle, outline
from demo.draw.fluid import HEIGHT, WIDTH, milk_frames
from demo.draw.paint import (
    AMBER,
    HONEY,
    SCREEN,
    Canvas,
    Sprite,
    at,
    between,
    clipped,
    curve,
    dots,
    fill,
    layer,
    line,
    linear,
    mixed,
    out,
    oval,
    poly,
    radial,
    rect,
    sprite,
    wave,
)
from demo.draw.places import bokeh, dust, glow, studio
from demo.draw.shots_pour import counter, dark_bar
from demo.draw.stage import shot


def _crown(c: Canvas, x: float, y: float, age: float, size: float) -> None:
    """The crown of a splash and the rings it leaves; age in seconds since the hit."""
    if age < 0 or age > 1.25:
        return
    rise, spread = math.sin(min(1, age / 0.62) * math.pi), 0.45 + out(age / 0.7) * 0.75
    for back in (True, False):
        tips = []
        for i in range(19):
            angle = math.pi * (1 + i / 18) if back else math.pi * (1 - i / 18)
            lobe = 0.62 + 0.38 * math.sin(angle * 5 + 1.1)
            high = lobe * rise * (96 if back else 62) * size
            flare = 1 + 0.22 * rise * lobe
            tips.append(
                (x + math.cos(angle) * 92 * spread * size * flare, y + math.sin(angle) * 16 * spread * size - high)
            )
        foot = [
            (
                x + math.cos(math.pi * (1 - i / 6)) * 84 * spread * size,
                y + (9 if not back else -7) * math.sin(math.pi * i / 6),
            )
            for i in range(7)
        ]
        sheet = curve(*tips, *reversed(foot), tension=1.0)
        c.drawPath(
            sheet,
            fill(
                linear(0, y - 110 * size, 0, y, (0, "#e8a858", 0.85), (0.5, "#8a4a18", 0.8), (1, "#3a1a0a", 0.85)),
                alpha=max(0.0, 1 - age / 0.9),
            ),
        )
        c.drawPath(curve(*tips, closed=False), line("#ffe2b4", 3 * size, 0.7 * max(0.0, 1 - age / 0.9)))
    _crown_drops(c, age, size, x, y)


def _crown_drops(c: Canvas, age: float, size: float, x: float, y: float) -> None:
    """Drops thrown up by the hit."""
    for i, (speed, angle, drop, delay) in enumerate(dots(30, 71, (320, 860), (-2.15, -1.0), (5, 15), (0, 0.12))):
        a = age - delay
        px, py = x + math.cos(angle) * speed * a * size, y + math.sin(angle) * speed * a * size + 720 * a * a
        if a > 0 and py < y + 6:
            c.drawPath(
                oval(px, py, drop * size, drop * size * 1.1),
                fill(radial(px - 3, py - 3, drop * size * 1.3, (0, "#fff0d0"), (0.4, "#b8671f"), (1, "#2a1208"))),
            )
            c.drawPath(
                oval(px - drop * 0.3, py - drop * 0.4, drop * 0.22, drop * 0.22), fill("#ffffff", 0.9 if i % 2 else 0.5)
            )


@shot("ice-drop-splash", 3.2, "hook", "冰块 落下 水花 慢动作 咖啡 玻璃杯 ice cubes drop splash slow motion coffee")
def ice_drop(c: Canvas, t: float) -> None:
    zoom = 1 + 0.06 * between(t, 0, 3.2)
    dark_bar(9).put(c, -60 - 10 * t, -120, 1.12)
    glow(c, 820, 900, 700, "#3aa893", 0.22)
    with at(c, 540 * (1 - zoom), 1100 * (1 - zoom), zoom):
        counter(1640).put(c)
        contact(c, 540, 1836, 760, 0.7)
        hits = (0.75, 1.6, 2.4)
        level = -330 - sum(9 * out((t - hit) / 0.25) for hit in hits if t > hit)
        stir = max([0.25] + [1.0 - (t - hit) / 1.3 for hit in hits if hit <= t < hit + 1.3])
        with at(c, 540, 1840, 2.15):
            glass.full_glass(c, t, level, stir, front=False)
            for i, hit in enumerate(hits):
                x = (-20, 62, -78)[i]
                if t < hit:
                    y = level - 30 - 760 * (hit - t) * (0.55 + 0.45 * (hit - t))
                    glass.ice(20 + i).put(c, x, y, 1.05, 30 + (hit - t) * 130 * (-1) ** i)
                elif t < hit + 2:
                    bob = math.exp(-(t - hit) * 2.2) * math.cos((t - hit) * 9) * 60
                    c.save()
                    c.clipRect(rect(-220, -900, 440, 900 + level + 10))
                    glass.ice(20 + i).put(c, x, level + 26 + bob, 1.05, 30 - bob * 0.2, 0.85)
                    c.restore()
                _crown(c, x, level, t - hit, 0.82)
            glass.front_of_glass(c)
    dust(c, t, 3, 24, (0, 0, 1080, 1900), 0.5)


def _milk_picture(t: float) -> skia.Image:
    """The dye of a moment as a picture with cream colour and its density as opacity."""
    frames = milk_frames(112)
    place = min(len(frames) - 1.001, max(0.0, t * 30))
    low = int(place)
    dye = np.clip((frames[low] * (1 - place + low) + frames[low + 1] * (place - low)) * 1.25, 0, 1)
    alpha = dye**0.8 * 0.97
    light = np.stack([150 + 78 * dye, 196 + 44 * dye, 222 + 30 * dye], axis=-1) * alpha[..., None]
    pixels = np.concatenate([light, alpha[..., None] * 255], axis=-1).clip(0, 255).astype(np.uint8)
    return skia.Image.fromarray(np.ascontiguousarray(pixels), colorType=skia.kBGRA_8888_ColorType)


@shot("milk-swirl-in-glass", 3.6, "proof", "牛奶 融入 咖啡 云雾 丝滑 玻璃杯 milk swirl clouds coffee glass smooth")
def milk_swirl(c: Canvas, t: float) -> None:
    zoom = 1.06 - 0.06 * between(t, 0, 3.6)
    dark_bar(15).put(c, -30, -40 - 14 * t, 1.06)
    glow(c, 240, 800, 640, "#d9862b", 0.35)
    with at(c, 540 * (1 - zoom), 1000 * (1 - zoom), zoom):
        counter(1560).put(c)
        contact(c, 540, 1760, 760, 0.7)
        level, scale = -446, 2.15
        with at(c, 540, 1764, scale):
            glass.back_of_glass(c)
            glass.fill_drink(c, level)
            with clipped(c, glass.inside(level)):
                c.save()
                c.translate(-176, level)
                c.scale(352 / WIDTH, 414 / HEIGHT)
                c.drawImage(_milk_picture(t), 0, 0, skia.SamplingOptions(skia.CubicResampler.Mitchell()))
                c.restore()
                c.drawRect(
                    rect(-200, level, 400, 450),
                    fill(
                        linear(
                            -180,
                            0,
                            180,
                            0,
                            (0, "#1a0b05", 0.75),
                            (0.22, "#1a0b05", 0.12),
                            (0.7, "#1a0b05", 0.0),
                            (0.9, "#c8782e", 0.22),
                            (1, "#1a0b05", 0.5),
                        )
                    ),
                )
            glass.surface(c, level, t, 0.7)
            glass.bubbles(c, level, t, 12, 16)
            cream = glass.Drink("#d8bd96", "#f6e8d0", "#efe0c6")
            glass.stream(c, (-2, -940), (-14, level + 3), t, 20, cream)
            glass.front_of_glass(c)
    dust(c, t, 8, 22, (0, 0, 1080, 1900), 0.45)


def _bead_at(t: float, start: float, speed: float, phase: float) -> float:
    """Drops hold, then slide: distance gone after t seconds."""
    return start + speed * (t + 0.32 * math.sin(t * 3.1 + phase) - 0.32 * math.sin(phase))


def _fine_dew() -> Sprite:
    def draw(c: Canvas) -> None:
        with clipped(c, outline(3)):
            for x, y, grow in dots(3600, 5, (-148, 148), (-720, -330), (0, 1)):
                bead(c, x, y, 0.5 + 2.6 * grow**5)

    return sprite("fine-dew", (-160, -740, 320, 420), 3.9, draw)


@shot(
    "condensation-bottle-macro",
    3.6,
    "selling_point",
    "水珠 冰镇 瓶身 微距 清凉 condensation drops cold bottle macro chilled",
    quality=28.5,
)
def condensation(c: Canvas, t: float) -> None:
    tilt = between(t, -0.6, 4.2)
    studio("#123a38", "#c27a2e", x=0.75, y=0.35).put(c)
    bokeh(c, dots(16, 44, (-40, 1120), (0, 1900), (40, 120), (0.08, 0.3)), ("#d9862b", "#2f8f80", "#f4bb5c"), t)
    with at(c, 500 + 40 * tilt, 2900 - 240 * tilt, 3.75, -3 + 2 * tilt):
        bottle(3.75).put(c)
        _fine_dew().put(c)
        for x, start, speed, phase, size in dots(15, 23, (-132, 132), (-690, -420), (6, 34), (0, 6.28), (3.6, 7.2)):
            y = _bead_at(t, start, speed, phase)
            sway = 1.5 * math.sin(y * 0.06 + phase)
            c.drawPath(
                curve(
                    (x - size * 0.5 + sway, y),
                    (x - size * 0.3, start - 24),
                    (x + size * 0.3, start - 24),
                    (x + size * 0.5 + sway, y),
                    tension=0.5,
                ),
                fill(linear(0, start - 24, 0, y, (0, "#ffe9c8", 0.0), (1, "#ffe9c8", 0.30))),
            )
            bead(c, x + sway, y, size, 1.35)
        with clipped(c, outline(2)):
            x = -260 + 480 * between(t, 0.2, 3.4)
            c.drawRect(rect(x, -900, 60, 900), fill("#ffffff", 0.16, blur=26, blend=SCREEN))


def _night_sky() -> Sprite:
    def draw(c: Canvas) -> None:
        c.drawPaint(
            fill(
                linear(
                    0,
                    -60,
                    0,
                    1980,
                    (0, "#071a1c"),
                    (0.5, "#124843"),
                    (0.72, "#2b6a5c"),
                    (0.86, "#11302c"),
                    (1, "#050d0c"),
                )
            )
        )
        for x, y, size, alpha in dots(110, 2, (-60, 1140), (-60, 1100), (0.8, 2.6), (0.15, 0.9)):
            c.drawPath(oval(x, y, size, size), fill("#fff0d0", alpha))

    return sprite("night-sky", (-60, -60, 1200, 2040), 0.75, draw)


def _hills() -> Sprite:
    def draw(c: Canvas) -> None:
        for base, seed, colour in ((1290, 3, "#1d5a50"), (1370, 5, "#12413b"), (1450, 7, "#0a2826")):
            points = [
                (-200 + i * 130, base - 110 * abs(math.sin(i * 0.9 + seed)) - 30 * math.sin(i * 2.3 + seed))
                for i in range(14)
            ]
            c.drawPath(
                curve(*points, (1700, 2000), (-300, 2000), tension=0.9),
                fill(linear(0, base - 140, 0, base + 200, mixed(colour, "#8fd3c3", 0.25), colour)),
            )

    return sprite("hills", (-200, 1050, 1500, 950), 0.75, draw, 5)


@shot("bottle-hero-moon-turn", 3.8, "cta", "瓶子 旋转 主视觉 月亮 光影 品牌 bottle hero rotate moon light sweep brand")
def hero_turn(c: Canvas, t: float) -> None:
    rise = between(t, -0.4, 3.6)
    _night_sky().put(c, 0, 10 * rise)
    x, y, r = 540, 860 - 150 * rise, 372
    glow(c, x, y, 940, "#f4bb5c", 0.5)
    c.drawPath(
        oval(x, y, r, r), fill(radial(x - 90, y - 110, r * 1.5, (0, "#fff6dc"), (0.5, "#f8d48a"), (1, "#e09a3e")))
    )
    for mx, my, mr in ((-120, -60, 70), (90, 70, 96), (40, -170, 44), (-60, 170, 52)):
        c.drawPath(oval(x + mx, y + my, mr, mr), fill("#d9923c", 0.16, blur=10))
    _hills().put(c, -30 - 40 * rise, 30)
    for i in range(3):
        c.drawPath(
            oval(200 + i * 340 + wave(t * 0.5, i) * 60 + 40 * t, 1330 + i * 46, 460, 44), fill("#d5f0e4", 0.15, blur=34)
        )
    floor = linear(0, 1500, 0, 1920, (0, "#16403b"), (0.25, "#0a2220"), (1, "#030807"))
    c.drawRect(rect(0, 1560, 1080, 360), fill(floor))
    c.drawLine(0, 1560, 1080, 1560, line("#8fd3c3", 2, 0.35, blur=2))
    turn = 150 * (1 - out(t / 3.1)) - 6 + 6 * between(t, 2.4, 3.8)
    scale = 1.42 + 0.07 * between(t, 0, 3.8)
    with layer(c, 0.26, blur=5):
        c.save()
        c.clipRect(rect(0, 1652, 1080, 300))
        c.translate(540, 1656)
        c.scale(scale, -scale)
        draw_bottle(c, turn)
        c.restore()
    contact(c, 540, 1652, 300 * scale, 0.8)
    with at(c, 540, 1650, scale):
        draw_bottle(c, turn)
        with clipped(c, outline()):
            sweep = -420 + 840 * between(t, 1.2, 2.9)
            c.drawPath(
                poly((sweep, -920), (sweep + 70, -920), (sweep - 70, 10), (sweep - 140, 10)),
                fill("#fff6dc", 0.42, blur=16, blend=SCREEN),
            )
    dust(c, t, 14, 46, (0, 300, 1080, 1500), 0.9)


@shot("label-rack-focus", 3.2, "selling_point", "标签 品牌 特写 对焦 澄夜 label brand close-up rack focus paper")
def label_close(c: Canvas, t: float) -> None:
    focus = between(t, 0.25, 1.35)
    studio("#2a1810", "#8a4c1d", x=0.25, y=0.3).put(c)
    bokeh(c, dots(14, 61, (-40, 1120), (0, 1900), (60, 150), (0.1, 0.3)), (AMBER, HONEY, "#2f8f80"), t)
    blur = 20 * (1 - focus)
    drift = between(t, -0.5, 3.6)

    def body() -> None:
        with at(c, 560 - 40 * drift, 2290 + 100 * drift, 4.15, 2.5 - 2.5 * drift):
            draw_bottle(c, 16 - 22 * drift)
            with clipped(c, outline()):
                x = -300 + 620 * between(t, 0.9, 3.2)
                c.drawPath(
                    poly((x, -900), (x + 40, -900), (x - 40, 0), (x - 80, 0)),
                    fill("#fff3d6", 0.30, blur=18, blend=SCREEN),
                )

    if blur > 0.6:
        with layer(c, blur=blur):
            body()
    else:
        body()
    with layer(c, 0.85, blur=10 + 14 * focus):
        for i, (x, y, size, turn) in enumerate(((120, 1830, 1.5, 20), (930, 1880, 1.8, -35), (560, 1960, 1.3, 70))):
            bean(c, x - 30 * drift * (1 + i * 0.3), y, size * 92, turn + 8 * t)


def bean(c: Canvas, x: float, y: float, size: float, turn: float, roll: float = 0.0) -> None:
    """A roasted bean `size` long; roll moves its furrow across."""
    with at(c, x, y, size / 100, turn):
        body = oval(0, 0, 50, 35)
        c.drawPath(body, fill(radial(-14, -18, 80, (0, "#a5683a"), (0.4, "#5d3219"), (1, "#1d0c05"))))
        with clipped(c, body):
            y0 = math.sin(roll) * 30
            furrow = curve((-52, y0 * 0.8), (-22, y0 - 7), (0, y0), (22, y0 + 7), (52, y0 * 0.8), closed=False)
            c.drawPath(furrow, line("#140703", 9, 0.95))
            c.drawPath(furrow, line("#c98a54", 2.5, 0.5))
            c.drawPath(oval(-12, -20, 24, 7), fill("#ffe3bd", 0.5, blur=5))
            c.drawPath(curve((-38, 26), (0, 33), (38, 26), closed=False), line("#e0964a", 4, 0.5, blur=3))


@shot("beans-tumbling-slow", 3.3, "proof", "咖啡豆 翻滚 烘焙 慢动作 原料 coffee beans tumbling roast slow motion")
def beans(c: Canvas, t: float) -> None:
    studio("#241309", "#b8641f", x=0.5, y=0.5).put(c)
    bokeh(c, dots(12, 31, (0, 1080), (100, 1800), (50, 130), (0.06, 0.22)), (AMBER, HONEY, "#b4541c"), t)
    rows = sorted(dots(84, 77, (0, 1), (-80, 1160), (0, 2600), (0, 360), (-70, 70), (0, 6)), key=lambda row: row[0])
    soft: dict[bool, list[tuple[float, ...]]] = {True: [], False: []}
    for near, x, y, turn, spin, phase in rows:
        speed = 150 + 430 * near**1.5
        py = (y + t * speed) % 2600 - 320
        soft[near < 0.45].append((near, x + wave(t * 0.6, phase) * 20, py, turn + spin * t, phase + t * (0.8 + near)))
    with layer(c, 0.8, blur=7):
        for near, x, y, turn, roll in soft[True]:
            bean(c, x, y, 40 + 70 * near, turn, roll)
    for near, x, y, turn, roll in soft[False]:
        if near < 0.93:
            bean(c, x, y, 60 + 130 * near, turn, roll)
    with layer(c, 0.95, blur=15):
        for near, x, y, turn, roll in soft[False]:
            if near >= 0.93:
                bean(c, x, y, 420, turn, roll)
    glow(c, 540, 1900, 700, "#f4bb5c", 0.30)
    dust(c, t, 19, 60, (0, 0, 1080, 1920), 0.8, rise=-60)
