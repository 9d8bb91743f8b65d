"""The product's version (semantic versioning; docs/CHANGELOG says what is public)."""

__version__ = "0.2.0"
