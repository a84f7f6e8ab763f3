"""The books of `avatar`: rooms, scripts, personas, broadcasts with all that was said and heard, orders."""

from avatar.models.broadcasts import Broadcast, LiveComment, OperatorOrder, SpokenUtterance
from avatar.models.guests import Guest, Handshake
from avatar.models.orders import Order
from avatar.models.personas import HostPersona, LikenessConsent
from avatar.models.rooms import FurtherProduct, Room, RoomPreview, ScriptVersion, ScriptWriting, StreamOutput

__all__ = [
    "Broadcast",
    "FurtherProduct",
    "Guest",
    "Handshake",
    "HostPersona",
    "LikenessConsent",
    "LiveComment",
    "OperatorOrder",
    "Order",
    "Room",
    "RoomPreview",
    "ScriptVersion",
    "ScriptWriting",
    "SpokenUtterance",
    "StreamOutput",
]
