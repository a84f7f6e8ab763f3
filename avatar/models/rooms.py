"""The live room: the place with its settings, its script in versions, and where it is streamed to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from avatar.models.personas import HostPersona
from core import sealing
from core.leases.models import LeasedWork
from core.models import LANGUAGE_CHOICES
from core.tenancy.managers import AdvertiserManager
from core.tenancy.rows import AdvertiserRow


class Room(AdvertiserRow):
    """A live room of one product, or of several: `product` comes first, `further` follow.

    `persona` names a ready-made host; `own_persona` takes its place where set. Money in minor units of `currency`.
    `intake_token` is the unguessable end of the address that comments and orders come in at; its secret lies sealed.
    """

    class BargeIn(models.TextChoices):
        AT_CLAUSE = "at_clause", "at_clause"
        AT_ONCE = "at_once", "at_once"

    class LinkPlace(models.TextChoices):
        CARD = "card", "card"
        LEFT = "left", "left"
        MIDDLE = "middle", "middle"
        RIGHT = "right", "right"

    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    product = models.ForeignKey("core.Product", on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=8, choices=LANGUAGE_CHOICES, default="zh-CN")
    persona = models.CharField(max_length=40)
    own_persona = models.ForeignKey(HostPersona, null=True, blank=True, on_delete=models.SET_NULL, related_name="rooms")
    voice = models.CharField(max_length=60, blank=True, default="")
    background = models.CharField(max_length=40, blank=True, default="", help_text='a ready-made room, or "picture"')
    background_sha256 = models.CharField(max_length=64, blank=True, default="")
    barge_in = models.CharField(max_length=10, choices=BargeIn.choices, default=BargeIn.AT_CLAUSE)
    label = models.CharField(max_length=24, default="AI 数字人")
    shows_card = models.BooleanField(default=True)
    link_place = models.CharField(max_length=8, choices=LinkPlace.choices, default=LinkPlace.CARD, db_default="card")
    price_text = models.CharField(max_length=40, blank=True, default="")
    list_price_text = models.CharField(max_length=40, blank=True, default="")
    coupon = models.CharField(max_length=60, blank=True, default="")
    ticker = models.CharField(max_length=120, blank=True, default="")
    currency = models.CharField(max_length=3, default="CNY")
    price_minor = models.BigIntegerField(null=True, blank=True, help_text="what the campaign sells at")
    bid_minor = models.BigIntegerField(null=True, blank=True, help_text="what an order may cost")
    daily_budget_minor = models.BigIntegerField(null=True, blank=True)
    seed = models.IntegerField(default=1)
    guest_delay_seconds = models.PositiveSmallIntegerField(
        default=0,
        help_text="how long the programme is held back so that a viewer on air can be dumped; 0: none is let in",
    )
    intake_token = models.CharField(max_length=64, unique=True)
    intake_secret = models.BinaryField(help_text="sealed; Standard Webhooks")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["advertiser", "slug"], name="room_slug_once_per_advertiser"),
            models.CheckConstraint(
                condition=Q(bid_minor__isnull=True) | Q(bid_minor__gte=0), name="room_bid_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FurtherProduct(AdvertiserRow):
    """A product that a room goes on to after its first; each with a card of its own."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="further")
    product = models.ForeignKey("core.Product", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField(default=0)
    price_text = models.CharField(max_length=40, blank=True, default="")
    list_price_text = models.CharField(max_length=40, blank=True, default="")
    coupon = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["room", "product"], name="product_once_per_room")]

    def __str__(self) -> str:
        return f"product {self.position + 2}"


class ScriptVersion(AdvertiserRow):
    """The script of a room as it was at one time; never changed, so that a transcript can be held against it.

    `lines` are texts with their cue marks in them, in order. `degraded` as on every record.
    """

    class Source(models.TextChoices):
        GENERATED = "generated", "generated"
        IMPORTED = "imported", "imported"
        EDITED = "edited", "edited"

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="scripts")
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.GENERATED)
    lines = models.JSONField(default=list)
    degraded = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["room", "number"], name="script_number_once_per_room")]

    def __str__(self) -> str:
        return f"version {self.number}"


STREAM_KEYS = "avatar stream key"


class StreamOutput(AdvertiserRow):
    """One platform a room is pushed to. The stream key lies sealed and is never shown again."""

    class Platform(models.TextChoices):
        KUAISHOU = "kuaishou", "kuaishou"
        DOUYIN = "douyin", "douyin"
        WECHAT = "wechat", "wechat"
        TAOBAO = "taobao", "taobao"
        TIKTOK = "tiktok", "tiktok"
        YOUTUBE = "youtube", "youtube"
        OTHER = "other", "other"

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="outputs")
    platform = models.CharField(max_length=10, choices=Platform.choices, default=Platform.OTHER)
    url = models.CharField(max_length=300, help_text="rtmp:// or rtmps://, without the key")
    key = models.BinaryField(null=True, help_text="sealed")
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["position", "created_at"]

    def __str__(self) -> str:
        return self.platform

    def seal_key(self, key: str) -> None:
        self.key = sealing.seal(sealing.key_for(STREAM_KEYS), key.encode()) if key else None

    def address(self) -> str:
        """Where to push, the key joined to the URL. For the engine's ears alone: never logged, never shown."""
        if not self.key:
            return self.url
        key = sealing.unseal(sealing.key_for(STREAM_KEYS), bytes(self.key)).decode()
        return f"{self.url.rstrip('/')}/{key}"


class RoomPreview(LeasedWork):
    """The first minute of a room as a file, rendered faster than it plays."""

    max_attempts = 2

    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="+")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="previews")
    script = models.ForeignKey(ScriptVersion, on_delete=models.CASCADE, related_name="+")
    seconds = models.PositiveIntegerField(default=60)
    seconds_done = models.FloatField(default=0.0)
    created_at = models.DateTimeField(db_default=Now())

    objects = AdvertiserManager()

    def __str__(self) -> str:
        return f"preview {self.pk}"


class ScriptWriting(LeasedWork):
    """A script that a language model writes, lap by lap, while the room has one that it can go on air with.

    `script` is the version it takes the place of; one that somebody edited meanwhile stays.
    """

    task_name = "avatar.write_script"
    max_attempts = 3

    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="+")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="writings")
    script = models.ForeignKey(ScriptVersion, null=True, on_delete=models.CASCADE, related_name="+")
    laps = models.PositiveIntegerField(default=4)
    laps_done = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())

    objects = AdvertiserManager()

    def __str__(self) -> str:
        return f"writing {self.pk}"
