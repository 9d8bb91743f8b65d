"""Putting the passes together: the project, the pipeline, the cache, and what is written to ``out/``."""
