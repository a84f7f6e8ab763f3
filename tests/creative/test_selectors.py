import pytest

from core.contracts import dump
from core.models import Advertiser
from creative.models import Material, Reference, Shot
from creative.planning import plan_ads
from creative.selectors import clip_options, media_source, product_picture, seen_key, shot_sources, usable_shots
from generation.contracts import PORTRAIT, Box, Framing, MediaSource, ShotDescription, Understanding, VideoDescription
from generation.models import Description
from tests.creative.making import a_brief, a_script, some_music

pytestmark = pytest.mark.django_db


@pytest.fixture
def advertiser():
    return Advertiser.objects.create(slug="night", name="澄夜")


def a_material(advertiser, name, media="video", folder="", **probe):
    source = MediaSource("abc", f"/m/{name}", name, "picture" if media == "picture" else "video", 1080, 1920, 90)
    material = Material.objects.create(
        advertiser=advertiser,
        name=name,
        folder=folder,
        media=media,
        state=Material.State.READY,
        understanding=dump(Understanding(source, media, 3.0, False, (), probe=probe)),
    )
    Shot.objects.create(advertiser=advertiser, material=material, start_frame=0, end_frame=90)
    return material


def names(shots):
    return [shot.material.name for shot in shots]


def test_videos_and_pictures_are_usable_in_order_of_name(advertiser):
    a_material(advertiser, "b.mp4")
    a_material(advertiser, "a.jpg", "picture", has_alpha=False)

    assert names(usable_shots(advertiser)) == ["a.jpg", "b.mp4"]


def test_a_cut_out_is_the_product_on_cards_and_never_a_scene(advertiser):
    a_material(advertiser, "product.png", "picture", has_alpha=True, alpha_path="/m/alpha.png")
    a_material(advertiser, "pour.mp4")

    assert names(usable_shots(advertiser)) == ["pour.mp4"]
    assert product_picture(advertiser) == "/m/alpha.png"


def test_a_hidden_shot_is_not_used(advertiser):
    material = a_material(advertiser, "pour.mp4")
    material.shots.update(is_hidden=True)

    assert usable_shots(advertiser) == []


def test_a_folder_limits_the_choice(advertiser):
    a_material(advertiser, "a.mp4", folder="/x")
    a_material(advertiser, "b.mp4", folder="/y")

    assert names(usable_shots(advertiser, "/y")) == ["b.mp4"]


def test_another_advertisers_shots_are_not_seen(advertiser):
    other = Advertiser.objects.create(slug="other", name="Other")
    a_material(other, "theirs.mp4")
    a_material(other, "product.png", "picture", has_alpha=True, alpha_path="/m/theirs.png")

    assert usable_shots(advertiser) == []
    assert product_picture(advertiser) == ""


@pytest.mark.parametrize("rights", ["analyse_only", "may_reuse_pixels"])
def test_a_plan_takes_shots_of_the_advertisers_own_materials_and_no_reference(advertiser, rights):
    own = [a_material(advertiser, f"own-{number}.mp4") for number in range(4)]
    source = MediaSource("def", "/r/reference.mp4", "reference.mp4", "video", 1080, 1920, 900)
    for owner in (advertiser, None):
        Reference.objects.create(
            advertiser=owner,
            name="reference.mp4",
            title="参考",
            state=Reference.State.READY,
            rights=rights,
            video_path=source.path,
            understanding=dump(Understanding(source, "video", 30.0, True, ())),
        )

    Shot.objects.update(quality=0.8, sharpness=0.8, motion=0.5, brightness=0.6)
    shots = usable_shots(advertiser)
    plans = plan_ads(a_brief(), [a_script()], clip_options(shots), lambda need: {}, some_music(), 3, 1, "1080x1920")

    footage = [shot for plan in plans for slot in plan.slots for shot in slot.shots if shot.shot_id]
    assert {shot.shot_id for shot in footage} == {str(shot.id) for shot in shots}
    assert {shot.source for shot in footage} == {material.name for material in own}
    assert {media_source(shot.material).path for shot in shots} == {f"/m/{material.name}" for material in own}


def look_at(advertiser, line):
    """Somebody looked at every material, and found one line burnt in; nobody approved anything."""
    Material.objects.update(sha256="d" * 64)
    found = VideoDescription("d" * 64, "zh-CN", "", "", "", (ShotDescription(0, 90, subtitles=(line,)),))
    Description.objects.create(advertiser=advertiser, sha256="d" * 64, found=dump(found))


def framed(shots):
    return [source.framing for source in shot_sources(shots, PORTRAIT).values()]


def test_lines_burnt_into_a_shot_are_cropped_out_of_it(advertiser):
    a_material(advertiser, "pour.mp4")
    Shot.objects.update(motion=0.5)
    assert framed(usable_shots(advertiser)) == [Framing("crop", 0.5, 0.5)]
    assert seen_key(usable_shots(advertiser)) == ""

    look_at(advertiser, Box(0.1, 0.8, 0.8, 0.05))

    shots = usable_shots(advertiser)
    assert framed(shots) == [Framing("crop", 0.5, 0.394, zoom=1.2691)]
    assert [option.shows_lines for option in clip_options(shots)] == [False]
    assert len(seen_key(shots)) == 64


def test_a_shot_whose_lines_no_crop_leaves_out_says_so(advertiser):
    a_material(advertiser, "pour.mp4")
    look_at(advertiser, Box(0.1, 0.45, 0.8, 0.05))

    assert [option.shows_lines for option in clip_options(usable_shots(advertiser))] == [True]
