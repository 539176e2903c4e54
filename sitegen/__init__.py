"""sitegen: a static site generator and feed publisher for curated research papers."""

__version__ = "0.1.0"
