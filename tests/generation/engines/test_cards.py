"""Cards: always moving, always inside the safe area, never a number that was not ordered."""

import itertools

import numpy as np
import pytest
from PIL import Image

from core.errors import InputError
from generation.contracts import Brand, Canvas, CardClip, SafeArea
from generation.drawing import colours
from generation.engines.cards import card_scene
from generation.engines.cards.kinetic import share_frames
from generation.engines.cards.scene import Order
from generation.quality.legibility import is_judged, text_contrast

CANVAS, SAFE = Canvas(270, 480), SafeArea(15, 38, 240, 375)
CARDS = {
    "kinetic": CardClip(0, 64, "kinetic", ("排队太久", "一杯咖啡要等 20 分钟")),
    "price": CardClip(0, 64, "price", ("澄夜冷萃咖啡", "第二件半价"), price="¥39.9"),
    "before_after": CardClip(0, 64, "before_after", ("排队等 20 分钟", "拧开就能喝")),
    "fact": CardClip(0, 64, "fact", ("0 蔗糖", "12 小时低温慢萃；配料只有水和咖啡豆")),
    "end": CardClip(0, 64, "end", ("澄夜冷萃咖啡", "点击下方链接，带一瓶去上班", "chengye.example/cold-brew")),
}
ENGLISH = {
    "kinetic": CardClip(
        0, 64, "kinetic", ("Three o'clock slump?", "Your afternoon deserves uncompromisingly good coffee")
    ),
    "price": CardClip(
        0, 64, "price", ("Extraordinarily Long Product Name Cold Brew", "Buy one, get one free"), price="$1,299.90"
    ),
    "before_after": CardClip(
        0, 64, "before_after", ("Waiting twenty minutes in line every single morning", "Ready in 3 seconds")
    ),
    "fact": CardClip(0, 64, "fact", ("Slow-steeped for 12 hours", "100% arabica; no sugar")),
    "end": CardClip(0, 64, "end", ("Daily Brew", "Order now", "dailybrew.example/very/long/link/to/the/shop")),
}
BRAND = Brand("澄夜", primary="#1F3B4D", accent="#E7A33E")


def scene(clip, canvas=CANVAS, safe=SAFE, brand=BRAND, is_captioned=False):
    return card_scene(Order(clip, canvas, safe, brand, "zh-CN", is_captioned))


@pytest.mark.parametrize(
    "clip", [*CARDS.values(), *ENGLISH.values()], ids=lambda clip: f"{clip.card}-{clip.texts[0][:8]}"
)
@pytest.mark.parametrize(
    ("canvas", "safe"),
    [(CANVAS, SAFE), (Canvas(270, 270), SafeArea(14, 14, 256, 256)), (Canvas(480, 270), SafeArea(24, 14, 456, 256))],
    ids=["portrait", "square", "landscape"],
)
def test_text_at_rest_lies_inside_the_safe_area_and_reads(clip, canvas, safe):
    boxes = [box for box in scene(clip, canvas, safe).boxes if not box.is_moving]
    assert boxes
    for box in boxes:
        assert safe.left <= box.left < box.right <= safe.right, box
        assert safe.top <= box.top < box.bottom <= safe.bottom, box
        assert colours.contrast(colours.parse(box.colour), colours.parse(box.edge)) >= 4.5, box


@pytest.mark.parametrize("name", CARDS)
def test_no_card_stands_still(name):
    made = scene(CARDS[name])
    pictures = [made.frame_at(at).astype(int) for at in range(0, 64, 4)]
    assert pictures[0].shape == (480, 270, 3)
    assert all(np.abs(a - b).mean() > 0.05 for a, b in itertools.pairwise(pictures))


@pytest.mark.parametrize("name", CARDS)
def test_a_card_is_drawn_the_same_twice_and_in_any_order(name):
    made = scene(CARDS[name])
    ahead = made.frame_at(40)
    made.frame_at(3)
    assert (made.frame_at(40) == ahead).all()


def test_captions_get_their_room():
    free, captioned = (scene(CARDS["end"], is_captioned=flag).boxes for flag in (False, True))
    assert max(b.bottom for b in captioned) < max(b.bottom for b in free)
    assert max(b.bottom for b in captioned) <= 375 - 2 * 270 * 0.079


def test_phrases_share_the_frames_by_their_length_and_none_is_too_short():
    spans = share_frames(("早", "地铁口的队伍排到马路上"), 96)
    assert spans[0][0] == 0
    assert spans[0][1] == spans[1][0]
    assert spans[-1][1] == 96
    assert 18 <= spans[0][1] < 48


def test_the_whole_price_falls_at_once_so_no_other_number_is_ever_seen():
    made = scene(CARDS["price"])
    ink = np.array(colours.parse("#101416"))
    seen = []
    for at in range(9, 24):
        dark = (np.abs(made.frame_at(at).astype(int) - ink).max(axis=2) < 40).sum(axis=0)
        columns = np.nonzero(dark)[0]
        seen.append((columns.min(), columns.max()) if len(columns) else None)
    landed = seen[-1]
    assert all(span is None or (span[0] <= landed[0] + 12 and span[1] >= landed[1] - 12) for span in seen[3:])


def test_a_cut_out_product_picture_keeps_its_shape(tmp_path):
    path = tmp_path / "bottle.png"
    bottle = np.zeros((300, 200, 4), np.uint8)
    bottle[20:280, 60:140] = (220, 20, 160, 255)
    Image.fromarray(bottle).save(path)
    made = scene(CARDS["end"], brand=Brand("澄夜", picture_path=str(path)))
    shown = np.abs(made.frame_at(60).astype(int) - (220, 20, 160)).max(axis=2) < 30
    ys, xs = np.nonzero(shown)
    assert (ys.max() - ys.min() + 1) / (xs.max() - xs.min() + 1) == pytest.approx(260 / 80, rel=0.06)


def test_a_broken_product_picture_is_named(tmp_path):
    path = tmp_path / "bottle.png"
    path.write_bytes(b"no picture")
    with pytest.raises(InputError, match=r"bottle\.png: the product picture cannot be read"):
        scene(CARDS["end"], brand=Brand("澄夜", picture_path=str(path)))


@pytest.mark.parametrize("name", CARDS)
@pytest.mark.parametrize("brand", [BRAND, Brand("澄夜"), Brand("x", primary="#C4452D", accent="#F2C14E")], ids="abc")
def test_every_text_at_rest_reads_in_every_frame_as_the_checks_measure_it(name, brand):
    canvas, safe = Canvas(540, 960), SafeArea(30, 75, 480, 750)
    made = scene(CARDS[name], canvas, safe, brand)
    for box in (box for box in made.boxes if is_judged(box)):
        frames = range(box.start_frame, box.end_frame, 3)
        assert min(text_contrast(made.frame_at(at), box) for at in frames) >= 4.5, box
