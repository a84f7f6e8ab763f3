"""Ordered media work and the tries at it; segments that many ads share; recipes of ads not yet written."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from core.leases.models import LeasedWork
from core.tenancy.managers import AdvertiserManager


class RenderJob(LeasedWork):
    """One ordered piece of media work: a file to understand, or an ad to render.

    `request` and `result` are contracts as plain JSON. When the job ends, its id goes to
    the task named in `reply_to`, which lives on a higher floor. `progress` is 0..1.
    """

    class Kind(models.TextChoices):
        UNDERSTAND = "understand", "understand"
        DESCRIBE = "describe", "describe"
        PRESENT = "present", "present"
        AD = "ad", "ad"

    task_name = "generation.render.run_job"
    max_attempts = 5

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    request = models.JSONField()
    result = models.JSONField(null=True, blank=True)
    error_code = models.CharField(max_length=40, blank=True, default="")
    reply_to = models.CharField(max_length=120, blank=True, default="")
    replied_at = models.DateTimeField(null=True, blank=True)
    progress = models.FloatField(default=0.0)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AdvertiserManager()

    class Meta:
        indexes = [models.Index(fields=["state", "lease_until"], name="job_by_lease")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id} ({self.state})"


class RenderAttempt(models.Model):
    """One try at a render job by one worker."""

    id = models.BigAutoField(primary_key=True)
    job = models.ForeignKey(RenderJob, on_delete=models.CASCADE, related_name="tries")
    epoch = models.PositiveIntegerField()
    worker = models.CharField(max_length=120)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True, default="")
    cpu_seconds = models.FloatField(default=0.0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "epoch"], name="one_attempt_per_epoch")]

    def __str__(self) -> str:
        return f"attempt {self.epoch} of {self.job_id}"


class Description(models.Model):
    """What one file of an advertiser shows, as `contracts.VideoDescription` in JSON.

    Nobody outside hears a word of it before a member has looked it over (`approved_at`): `text`
    is then what may be quoted, one sentence a shot.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    title = models.CharField(max_length=200, blank=True, default="")
    text = models.TextField(blank=True, default="")
    found = models.JSONField()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=150, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AdvertiserManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["advertiser", "sha256"], name="one_description_per_file")]

    def __str__(self) -> str:
        return self.title or self.sha256[:12]


class PostedVideo(models.Model):
    """A video of the advertiser's where viewers meet it, by the name that comes with what they say about it.

    `post` is that name: the number of a platform's post, or the word a page sends along with a chat. `parts` are
    `contracts.VideoPart` as JSON: what was posted stays as it was, whatever becomes of the ad. `made_from` is
    the id of the ad or material on the floor above; none while viewers ask and nobody has said which video it is.
    """

    id = models.BigAutoField(primary_key=True)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="+")
    post = models.CharField(max_length=200)
    made_from = models.UUIDField(null=True, blank=True, db_index=True)
    parts = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AdvertiserManager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["advertiser", "post"], name="post_shows_one_video")]

    def __str__(self) -> str:
        return self.post


class Segment(LeasedWork):
    """A stretch of picture, or a stem of sound, that is to lie in the segment store.

    `key` names it by content, so whoever wants the same stretch waits for the same row:
    one render per key. `verdict` is "" until it was decoded and looked at, then "ok" or
    the reason it may not go out.
    """

    class Kind(models.TextChoices):
        PICTURE = "picture", "picture"
        SOUND = "sound", "sound"

    max_attempts = 20
    """Thousands of ads may wait for one segment, and workers may die often over a long batch."""

    key = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    spec = models.JSONField()
    frames = models.PositiveIntegerField()
    size_bytes = models.PositiveBigIntegerField(default=0)
    verdict = models.TextField(blank=True, default="")
    cpu_seconds = models.FloatField(default=0.0)
    check_cpu_seconds = models.FloatField(default=0.0)
    made_count = models.PositiveIntegerField(default=0, help_text="how often it was rendered; more than 1 after damage")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "lease_until"], name="segment_by_lease")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key[:12]} ({self.state})"


class SegmentOrder(models.Model):
    """What one piece of a bulk batch needs before it can be assembled.

    When nothing it wishes for is open any more, its id goes to the task named in
    `reply_to`. A paused order gets no workers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="+")
    group = models.UUIDField(db_index=True, help_text="whatever the orders of one batch share")
    reply_to = models.CharField(max_length=120)
    is_paused = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    replied_at = models.DateTimeField(null=True, blank=True)

    objects = AdvertiserManager()

    def __str__(self) -> str:
        return f"segments for {self.group}"


class SegmentWish(models.Model):
    """One segment an order waits for; the lower the rank, the sooner."""

    id = models.BigAutoField(primary_key=True)
    order = models.ForeignKey(SegmentOrder, on_delete=models.CASCADE, related_name="wishes")
    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="wishes")
    rank = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "segment"], name="wish_once")]

    def __str__(self) -> str:
        return f"{self.segment_id[:12]} for {self.order_id}"


class Recipe(models.Model):
    """An ad that is kept as what it is put together from, and becomes a file only on delivery.

    `head` is the file's beginning: ftyp, moov with the sample tables and the AIGC label,
    the header of mdat; segments and stems follow in chunks of 16 frames. `signed_head` is
    the same with the C2PA manifest, made at the first delivery. Its id is the ad's.
    """

    id = models.UUIDField(primary_key=True)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=200, blank=True, default="")
    segment_keys = ArrayField(models.CharField(max_length=64))
    stem_keys = ArrayField(models.CharField(max_length=64))
    head = models.BinaryField()
    size_bytes = models.PositiveBigIntegerField()
    signed_head = models.BinaryField(null=True, blank=True)
    signed_size_bytes = models.PositiveBigIntegerField(default=0)
    signed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AdvertiserManager()

    def __str__(self) -> str:
        return f"recipe of {self.id}"


class Shot(LeasedWork):
    """A picture or clip that a model makes, named by everything it is made of.

    `key` covers the weights, the engine's version, the request and the contents of its pictures,
    so whoever wants the same waits for the same row: one run per key, and a finished row is the
    cache. `bucket` says which shots share a run. `request` holds its pictures as SHA-256 of
    stored blobs; `sha256` is the stored result, "" until there is one. `progress` is 0..1,
    `seconds` what it shows (a picture: 0).
    """

    max_attempts = 3
    """A run takes minutes of a device, and what kills a host twice kills it again."""

    key = models.CharField(max_length=64, primary_key=True)
    device = models.CharField(max_length=8, help_text="the device kind it runs on: cpu or cuda")
    engine = models.CharField(max_length=40)
    checkpoint = models.CharField(max_length=300, help_text="a registered name, or a folder")
    checkpoint_hash = models.CharField(max_length=64)
    licence = models.CharField(max_length=120, blank=True, default="")
    bucket = models.CharField(max_length=200)
    request = models.JSONField()
    progress = models.FloatField(default=0.0)
    sha256 = models.CharField(max_length=64, blank=True, default="", db_index=True)
    suffix = models.CharField(max_length=8, blank=True, default="")
    frames = models.PositiveIntegerField(default=0)
    fps = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0.0)
    parameters = models.JSONField(default=dict)
    degraded = models.JSONField(default=list)
    error_code = models.CharField(max_length=40, blank=True, default="")
    device_seconds = models.FloatField(default=0.0)
    made_count = models.PositiveIntegerField(default=0, help_text="model runs it took part in")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["device", "state", "lease_until"], name="shot_by_lease")]

    def __str__(self) -> str:
        return f"{self.engine} {self.key[:12]} ({self.state})"


class ClipOrder(models.Model):
    """One advertiser's wish for a shot; the lower the priority, the sooner.

    When its shot is over, the order's id goes to the task named in `reply_to`. A cancelled
    order wants nothing any more; a shot that nobody wants is not run on.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="+")
    shot = models.ForeignKey(Shot, on_delete=models.CASCADE, related_name="orders")
    priority = models.PositiveSmallIntegerField(default=5)
    reply_to = models.CharField(max_length=120, blank=True, default="")
    is_cancelled = models.BooleanField(default=False)
    replied_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AdvertiserManager()

    class Meta:
        indexes = [models.Index(fields=["shot", "is_cancelled", "replied_at"], name="clip_order_open")]

    def __str__(self) -> str:
        return f"order {self.id} of {self.shot_id[:12]}"


class HostedCheckpoint(models.Model):
    """A checkpoint that a model host somewhere has: what machines without the weights have to know to order from it.

    `checkpoint` is the name or folder the host was set up with; the same setting elsewhere finds it here.
    """

    id = models.BigAutoField(primary_key=True)
    device = models.CharField(max_length=8)
    checkpoint = models.CharField(max_length=300)
    engine = models.CharField(max_length=40)
    checkpoint_hash = models.CharField(max_length=64)
    card = models.CharField(max_length=60, blank=True, default="")
    licence = models.CharField(max_length=120, blank=True, default="")
    abilities = models.JSONField(default=dict, help_text="what each engine that runs it can with it, by its name")
    seen_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "checkpoint"], name="hosted_checkpoint_once_per_device")
        ]

    def __str__(self) -> str:
        return f"{self.checkpoint} on {self.device}"


class HostedHead(models.Model):
    """A prepared head that a model host somewhere has, with a model that makes it speak.

    `advertiser` is empty for a head of everybody. `head` and `checkpoint_hash` are its id and its network's, `card`
    the network's, `person` who is to be seen ("" for nobody real), `consents` the ids of those it rests on.
    `withdrawn_at` is what its host said of it last; `ConsentWithdrawal` is what counts.
    """

    id = models.BigAutoField(primary_key=True)
    device = models.CharField(max_length=8)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    head = models.CharField(max_length=64)
    checkpoint_hash = models.CharField(max_length=64)
    card = models.CharField(max_length=60, blank=True, default="")
    person = models.TextField(blank=True, default="")
    consents = models.JSONField(default=list)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(auto_now=True)

    objects = AdvertiserManager()

    class Meta:
        constraints = [
            # Two hosts of everybody's head say it in one row.
            models.UniqueConstraint(
                fields=["device", "advertiser", "name"], name="hosted_head_once_per_device", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} on {self.device}"


class ConsentWithdrawal(models.Model):
    """A consent to the use of a face or a voice that was taken back, by its id: no head that rests on it is used.

    Rows stay as they are for ever, so that a host which was away, or says its heads just then, loses none.
    """

    id = models.BigAutoField(primary_key=True)
    consent = models.CharField(max_length=300, unique=True)
    withdrawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.consent} ({self.withdrawn_at.isoformat()})"
