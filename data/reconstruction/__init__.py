"""The reconstruction of the tables behind the figures, from what was published."""
