"""The shared vocabulary of all layers: lengths, diagnostics, the world outside, colours, style, frames.

Nothing here knows about statistics, Chinese or PDF; everything else is built from these words.
"""
