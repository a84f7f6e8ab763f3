"""What a ref.yaml may say, and how what it says wrong is named."""

from __future__ import annotations

import pytest

from core.errors import InputError
from creative.references.performance import Metrics
from creative.references.record import Record, read_record

WHOLE = """
title: 半张脸
category: 精华
platform: douyin
language: zh-CN
rights: may-reuse-pixels
brands: [雪颜]
script: |
  第一句。
  第二句。
metrics: {impressions: 120000, plays_3s: 40000, clicks: 2400, conversions: 90, spend: 1800.5}
"""


def test_a_whole_record_is_read():
    record = read_record(WHOLE.encode(), "ref.yaml")

    assert record == Record(
        title="半张脸",
        category="beauty",
        platform="douyin",
        language="zh-CN",
        script="第一句。\n第二句。",
        rights="may_reuse_pixels",
        brands=("雪颜",),
        metrics=Metrics(120_000, 40_000, 2_400, 90),
        spend_minor=180_050,
    )


def test_fields_left_empty_say_nothing():
    assert read_record(b"title:\nbrands:\nmetrics:\nscript:\n", "ref.yaml") == Record()
    assert read_record(b"metrics: {clicks: , spend: }", "ref.yaml") == Record()


@pytest.mark.parametrize("payload", [b"", b"# nothing", b"\xef\xbb\xbf{}"])
def test_an_empty_record_says_nothing_and_pixels_stay_untouched(payload: bytes):
    assert read_record(payload, "ref.yaml") == Record()
    assert Record().rights == "analyse_only"


@pytest.mark.parametrize(
    ("payload", "thing", "code"),
    [
        (b"slots: [hook]", "ref.yaml", "record-unknown-key"),
        (b"format: story", "ref.yaml", "record-unknown-key"),
        (b"[1, 2]", "ref.yaml", "record-not-mapping"),
        (b"a: [", "ref.yaml", "record-not-yaml"),
        (b"\xff\xfe\x00", "ref.yaml", "record-not-yaml"),
        (b"x: !!python/object/apply:os.system [id]", "ref.yaml", "record-unknown-key"),
        (b"title: !!python/object/apply:os.system [id]", "ref.yaml: title", "record-text"),
        (b"[" * 5_000, "ref.yaml", "record-not-yaml"),
        (b"#" * 70_000, "ref.yaml", "record-too-large"),
        (b"title: [a]", "ref.yaml: title", "record-text"),
        (b"title: " + b"x" * 201, "ref.yaml: title", "record-too-long"),
        (b"category: xyzzy", "ref.yaml: category", "record-category"),
        (b"platform: myspace", "ref.yaml: platform", "record-choice"),
        (b"language: fr", "ref.yaml: language", "record-choice"),
        (b"rights: everything", "ref.yaml: rights", "record-choice"),
        (b"brands: {a: 1}", "ref.yaml: brands", "record-brands"),
        (b"metrics: [1]", "ref.yaml: metrics", "record-metrics"),
        (b"metrics: {likes: 3}", "ref.yaml: metrics", "record-unknown-key"),
        (b"metrics: {clicks: -1}", "ref.yaml: metrics.clicks", "record-count"),
        (b"metrics: {clicks: many}", "ref.yaml: metrics.clicks", "record-count"),
        (b"metrics: {clicks: true}", "ref.yaml: metrics.clicks", "record-count"),
        (b"metrics: {impressions: 5, clicks: 9}", "ref.yaml: metrics", "record-metrics"),
        (b"metrics: {spend: .nan}", "ref.yaml: metrics.spend", "record-spend"),
        (b"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]", "ref.yaml", "record-not-yaml"),
        (b"metrics: {spend: -5}", "ref.yaml: metrics.spend", "record-spend"),
        (b"metrics: {spend: [5]}", "ref.yaml: metrics.spend", "record-spend"),
    ],
)
def test_what_is_wrong_is_named(payload: bytes, thing: str, code: str):
    with pytest.raises(InputError) as caught:
        read_record(payload, "ref.yaml")

    assert (caught.value.thing, caught.value.code) == (thing, code)
