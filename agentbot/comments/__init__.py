"""Comments under the advertiser's posts: read by rules, answered once in public, the rest is for direct messages."""
