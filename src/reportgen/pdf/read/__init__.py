"""Read: the bytes of a finished PDF file back to what it paints and says, and the checks of it."""
