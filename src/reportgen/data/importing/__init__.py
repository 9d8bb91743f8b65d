"""Bringing an office's sheet into the data package as a tidy table (docs/import.md)."""
