"""reportgen sets one Chinese manuscript and its data as Chinese and English reports, for press and for screen."""

__version__ = "0.1.0"
