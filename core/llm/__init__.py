"""The language model and the embeddings: any server that speaks the OpenAI API, and scripted stand-ins."""
