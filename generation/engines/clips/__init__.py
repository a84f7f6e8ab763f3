"""Pictures and clips by models: one small file per family behind one request type."""
