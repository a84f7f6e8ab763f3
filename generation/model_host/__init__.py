"""Picture and clip models at work: orders as rows, batches by shape, pipelines kept warm."""
