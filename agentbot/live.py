"""What open pages are told while conversations go on."""

LIVE_TOPICS = ("conversations", "leads")
"""What open pages of this app hear of."""
