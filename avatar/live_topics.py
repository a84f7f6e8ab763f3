"""What open pages of this app hear of."""

LIVE_TOPICS = ("rooms",)
