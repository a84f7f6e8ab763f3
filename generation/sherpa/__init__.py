"""What voices and hearing share of sherpa-onnx: reading what a model file says of itself, and trying one out safely."""
