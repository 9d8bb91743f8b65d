"""The product's version (semantic versioning; CHANGELOG says what is public)."""

__version__ = "0.2.0"
