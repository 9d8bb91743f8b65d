"""Editions: locale formats, catalogs, numbering, and composing the manuscript with its facts into final words."""
