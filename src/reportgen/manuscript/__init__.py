"""The author's Markdown as an immutable document tree, every node with its place."""
