"""The cover: its front, and front, spine and back as one sheet."""
