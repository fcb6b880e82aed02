"""The version of this package, which every verdict holds."""

__version__ = "0.1.0"
