"""What happens in the database shown on open pages: PostgreSQL's LISTEN/NOTIFY to server-sent events."""

from core.live_updates.publishing import publish
from core.live_updates.streaming import changed_response, live_response

__all__ = ["changed_response", "live_response", "publish"]
