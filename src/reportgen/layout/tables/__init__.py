"""Printed tables: how wide their columns are, and their rows."""
