"""What waits for a person, as lines of the first page."""

from __future__ import annotations

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agentbot.models import Conversation, CrmConnection, CrmDelivery
from agentbot.page_data.inbox import awaits_approval
from agentbot.page_data.words import ago
from core.models import Advertiser
from core.waiting import Waiting

PLACE = "inbox"


def waiting_things(advertiser: Advertiser) -> list[Waiting]:
    """People first, then drafts, then CRMs that refuse us, then what one did not take."""
    return [*_people(advertiser), *_drafts(advertiser), *_refused(advertiser), *_stuck(advertiser)]


def _people(advertiser: Advertiser) -> list[Waiting]:
    rows = Conversation.objects.for_advertiser(advertiser).filter(owner="human_pending")
    found = rows.aggregate(count=Count("pk"), since=Min("last_visitor_at"))
    if not found["count"]:
        return []
    thing = ngettext("%(count)d visitor asks for a person", "%(count)d visitors ask for a person", found["count"])
    reason = _("The longest has waited %(time)s; the AI is silent meanwhile.") % {"time": ago(found["since"])}
    url = reverse("agentbot:inbox") + "?show=waiting"
    return [Waiting("stop", thing % {"count": found["count"]}, reason, _("Answer them"), url, PLACE)]


def _drafts(advertiser: Advertiser) -> list[Waiting]:
    count = Conversation.objects.for_advertiser(advertiser).filter(awaits_approval()).count()
    if not count:
        return []
    thing = ngettext("%(count)d answer to approve", "%(count)d answers to approve", count) % {"count": count}
    reason = _("Drafts of the AI; visitors hear nothing until they leave.")
    return [Waiting("look", thing, reason, _("Read the drafts"), reverse("agentbot:inbox") + "?show=drafts", PLACE)]


def _refused(advertiser: Advertiser) -> list[Waiting]:
    """A CRM that refuses our credentials, or has asked for nothing more: its leads wait for a person."""
    rows = CrmConnection.objects.for_advertiser(advertiser).exclude(failure="").exclude(state=CrmConnection.State.OPEN)
    return [
        Waiting(
            "stop",
            _("%(name)s takes no leads") % {"name": row},
            row.failure,
            _("Mend the connection"),
            reverse("agentbot:channels"),
            PLACE,
        )
        for row in rows.order_by("created_at")
    ]


def _stuck(advertiser: Advertiser) -> list[Waiting]:
    stuck = CrmDelivery.objects.for_advertiser(advertiser).filter(state__in=("dead", "quarantined"))
    count = stuck.values("lead").distinct().count()
    if not count:
        return []
    thing = ngettext("%(count)d lead has not reached the CRM", "%(count)d leads have not reached the CRM", count)
    failure = stuck.order_by("-created_at").values_list("failure", flat=True).first() or _("It did not answer.")
    return [
        Waiting("stop", thing % {"count": count}, failure, _("Try them again"), reverse("agentbot:channels"), PLACE)
    ]
