import pytest

from core.contracts import dump
from core.models import Advertiser
from creative.models import Material, Shot
from creative.selectors import product_picture, usable_shots
from generation.contracts import MediaSource, Understanding

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
