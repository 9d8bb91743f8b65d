"""What is set large: the openers of parts, their theses and key numbers."""
