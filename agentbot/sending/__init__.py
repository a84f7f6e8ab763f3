"""From the outbox to other servers: claimed in batches, sent with bounded concurrency, told apart by their answers."""
