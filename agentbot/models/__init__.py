"""The books of `agentbot`: channels, conversations, turns, people, leads and CRMs."""

from agentbot.models.base import PiiKey
from agentbot.models.channels import ChannelAccount, InboundEvent, VisitorEntry
from agentbot.models.conversations import Conversation, Message, PublicComment
from agentbot.models.crm import CrmConnection, CrmDelivery, CrmFeedback, CrmLink
from agentbot.models.leads import FollowUp, Handoff, Lead, LeadEvent, LeadNote, LeadTask, ReplyTemplate
from agentbot.models.people import ConsentRecord, ContactPoint, ErasureReport, Person, PersonMerge, Suppression
from agentbot.models.policies import PolicyVersion
from agentbot.models.rules import HostingRules
from agentbot.models.turns import AgentDraft, AgentTurn, OutboundPart, PolicyDecision, Reward

__all__ = [
    "AgentDraft",
    "AgentTurn",
    "ChannelAccount",
    "ConsentRecord",
    "ContactPoint",
    "Conversation",
    "CrmConnection",
    "CrmDelivery",
    "CrmFeedback",
    "CrmLink",
    "ErasureReport",
    "FollowUp",
    "Handoff",
    "HostingRules",
    "InboundEvent",
    "Lead",
    "LeadEvent",
    "LeadNote",
    "LeadTask",
    "Message",
    "OutboundPart",
    "Person",
    "PersonMerge",
    "PiiKey",
    "PolicyDecision",
    "PolicyVersion",
    "PublicComment",
    "ReplyTemplate",
    "Reward",
    "Suppression",
    "VisitorEntry",
]
