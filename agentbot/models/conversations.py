"""Conversations and what was said in them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from agentbot.models.base import AdvertiserRow, PiiKey
from agentbot.models.channels import ChannelAccount


class Conversation(AdvertiserRow):
    """The exchange with one visitor on one channel.

    `owner` says who may speak. `epoch` grows with every message that comes in and every change
    of owner: a turn or a part made under an older one is void. `turn_due_at` is when the
    visitor's pause has lasted long enough; `window_opened_at` the first message still waiting.
    """

    class Owner(models.TextChoices):
        BOT = "bot", "bot"
        SHADOW = "shadow", "shadow"
        HUMAN_PENDING = "human_pending", "human_pending"
        HUMAN = "human", "human"
        CLOSED = "closed", "closed"

    account = models.ForeignKey(ChannelAccount, on_delete=models.CASCADE, related_name="conversations", db_index=False)
    visitor = models.CharField(max_length=200)
    person = models.ForeignKey(
        "agentbot.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="conversations"
    )
    key = models.ForeignKey(PiiKey, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    owner = models.CharField(max_length=14, choices=Owner.choices, db_default=Owner.BOT)
    epoch = models.BigIntegerField(db_default=1)
    last_seq = models.IntegerField(db_default=0, help_text="of the newest message in either direction")
    last_inbound_seq = models.IntegerField(db_default=0)
    read_seq = models.IntegerField(db_default=0, help_text="the pre-pass has seen everything up to here")
    answered_seq = models.IntegerField(db_default=0)
    part_count = models.IntegerField(db_default=0)
    turn_due_at = models.DateTimeField(null=True, blank=True)
    window_opened_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    claimed_by = models.IntegerField(null=True, blank=True)
    failures = models.SmallIntegerField(db_default=0, help_text="turns in a row that could not be made")
    last_message_at = models.DateTimeField(db_default=Now())
    last_visitor_at = models.DateTimeField(db_default=Now())
    person_typed_at = models.DateTimeField(null=True, blank=True)
    is_disclosed = models.BooleanField(db_default=False)
    opted_out_at = models.DateTimeField(null=True, blank=True)
    handles = models.JSONField(db_default={}, help_text="the platform's own names for it, needed to answer")
    source = models.JSONField(db_default={}, help_text="ad, creative, room it came from")
    assigned_to = models.ForeignKey("core.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    unread_count = models.IntegerField(db_default=0, help_text="visitor's messages no person has looked at")
    created_at = models.DateTimeField(db_default=Now())
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "visitor"], name="conversation_once_per_visitor")]
        indexes = [
            models.Index(fields=["turn_due_at"], condition=Q(turn_due_at__isnull=False), name="conversation_due"),
            models.Index(fields=["advertiser", "-last_message_at"], name="conversation_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.visitor} ({self.owner})"


class Message(AdvertiserRow):
    """One thing said. What the agents and people of ours say is here once it was sent.

    `text` opens `body`; select_related("key") spares a query each.
    """

    class Direction(models.TextChoices):
        IN = "in", "in"
        OUT = "out", "out"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages", db_index=False)
    seq = models.IntegerField()
    direction = models.CharField(max_length=3, choices=Direction.choices)
    author = models.CharField(max_length=8, help_text="an agentbot.contracts.Author")
    key = models.ForeignKey(PiiKey, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    body = models.BinaryField(null=True)
    external_id = models.CharField(max_length=200, db_default="")
    part = models.ForeignKey(
        "agentbot.OutboundPart", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    asks_contact = models.BooleanField(db_default=False)
    is_public = models.BooleanField(db_default=False, help_text="said in a comment, not in the conversation itself")
    member = models.ForeignKey(
        "core.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    sent_at = models.DateTimeField(help_text="as the sender says")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="message_seq_once"),
            models.UniqueConstraint(fields=["part"], name="message_once_per_part"),
        ]

    def __str__(self) -> str:
        return f"{self.author} {self.seq}"

    @property
    def text(self) -> str:
        return self.key.open(self.body) if self.key else ""


class PublicComment(AdvertiserRow):
    """A comment of the visitor's under a post, and what became of it; its words are a message of the conversation.

    `thread` is the comment on top as the platform names it; one public reply a thread. `source` names the post it
    stands under, where the platform tells.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        ANSWERED = "answered", "answered"
        PERSON = "person", "person"
        LEFT = "left", "left"

    account = models.ForeignKey(ChannelAccount, on_delete=models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="comments")
    message_id = models.UUIDField()
    thread = models.CharField(max_length=420)
    source = models.JSONField(db_default={})
    kind = models.CharField(max_length=10, db_default="")
    state = models.CharField(max_length=8, choices=State.choices, db_default=State.WAITING)
    due_at = models.DateTimeField(null=True, blank=True)
    part = models.ForeignKey(
        "agentbot.OutboundPart", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "thread"], condition=Q(state="answered"), name="comment_thread_answered_once"
            )
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="waiting"), name="comment_due")]

    def __str__(self) -> str:
        return f"{self.kind or 'comment'} ({self.state})"
