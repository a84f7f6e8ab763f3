"""Who works here and what they sell: advertisers, members, products and their facts."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.tenancy.managers import AdvertiserManager

LANGUAGE_CHOICES = [("zh-CN", "中文"), ("en", "English")]


class Advertiser(models.Model):
    """The tenant. Every row an advertiser can see hangs on one of these.

    `territory` (ISO 3166, two letters) and `annual_revenue_usd` (whole dollars) are what licences
    of models ask about; "" and None mean that nobody has said, and count as not covered.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=8, choices=LANGUAGE_CHOICES, default="zh-CN")
    vertical = models.CharField(max_length=40, blank=True, default="")
    territory = models.CharField(max_length=2, blank=True, default="")
    annual_revenue_usd = models.PositiveBigIntegerField(null=True, blank=True)
    color_primary = models.CharField(max_length=7, default="#00776A")
    color_secondary = models.CharField(max_length=7, default="#14191C")
    color_accent = models.CharField(max_length=7, default="#E9A91F")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """A person who logs in for one advertiser."""

    class Role(models.TextChoices):
        OWNER = "owner", "owner"
        EDITOR = "editor", "editor"
        OPERATOR = "operator", "operator"
        REP = "rep", "rep"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="member")
    advertiser = models.ForeignKey(Advertiser, on_delete=models.CASCADE, related_name="members")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.EDITOR)
    theme = models.CharField(max_length=6, default="system")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AdvertiserManager()

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"


class Product(models.Model):
    """What is sold. Money in minor units; `price_text` is the price as the advertiser writes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advertiser = models.ForeignKey(Advertiser, on_delete=models.CASCADE, related_name="products")
    name = models.CharField(max_length=120)
    category = models.CharField(max_length=80)
    category_key = models.CharField(max_length=20)
    price_text = models.CharField(max_length=40, blank=True, default="")
    price_minor = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="CNY")
    offer = models.CharField(max_length=200, blank=True, default="")
    audience = models.CharField(max_length=200, blank=True, default="")
    cta = models.CharField(max_length=120, blank=True, default="")
    link = models.CharField(max_length=300, blank=True, default="")
    picture_sha256 = models.CharField(max_length=64, blank=True, default="")
    updated_at = models.DateTimeField(auto_now=True)

    objects = AdvertiserManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["advertiser", "name"], name="product_name_once_per_advertiser")]

    def __str__(self) -> str:
        return self.name


class ProductFact(models.Model):
    """Something the advertiser stands behind; scripts may say it while it is valid."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="facts")
    key = models.CharField(max_length=40)
    text = models.CharField(max_length=300)
    evidence = models.CharField(max_length=300, blank=True, default="")
    valid_until = models.DateField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["product", "key"], name="fact_key_once_per_product")]

    def __str__(self) -> str:
        return f"{self.key}: {self.text}"


class AdvertiserPrice(models.Model):
    """A price the advertiser quotes outside ads, e.g. in conversations."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advertiser = models.ForeignKey(Advertiser, on_delete=models.CASCADE, related_name="prices")
    item = models.CharField(max_length=120)
    amount_minor = models.BigIntegerField(help_text="minor units of the currency; hundredths of a percent for %")
    currency = models.CharField(max_length=3)
    unit = models.CharField(max_length=40, blank=True, default="")
    valid_from = models.DateField(null=True, blank=True, help_text="first day it may be quoted")
    valid_until = models.DateField(null=True, blank=True, help_text="last day it may be quoted")

    objects = AdvertiserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["advertiser", "item", "unit"], name="price_item_once_per_advertiser"),
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="price_not_negative"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="price_valid_for_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.amount_minor} {self.currency}"


class AdvertiserArticle(models.Model):
    """Something the advertiser wrote about itself, to answer from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advertiser = models.ForeignKey(Advertiser, on_delete=models.CASCADE, related_name="articles")
    title = models.CharField(max_length=200)
    text = models.TextField()

    objects = AdvertiserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["advertiser", "title"], name="article_title_once_per_advertiser")
        ]

    def __str__(self) -> str:
        return self.title


class LanguageModelUse(models.Model):
    """What one advertiser asked of one language model on one day for one purpose. Counts only, never a word.

    `prompt` is the prompt with its version ("script-1"), `purpose` the same without it.
    """

    advertiser = models.ForeignKey(Advertiser, on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    day = models.DateField()
    purpose = models.CharField(max_length=40)
    prompt = models.CharField(max_length=40)
    model = models.CharField(max_length=120)
    calls = models.PositiveBigIntegerField(default=0)
    failures = models.PositiveBigIntegerField(default=0)
    prompt_tokens = models.PositiveBigIntegerField(default=0)
    completion_tokens = models.PositiveBigIntegerField(default=0)
    milliseconds = models.PositiveBigIntegerField(default=0)
    cost_micros = models.PositiveBigIntegerField(default=0, help_text="millionths of a fen, at the day's prices")

    objects = AdvertiserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["advertiser", "day", "prompt", "model"], name="llm_use_once_a_day", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.prompt} {self.model}: {self.calls}"
