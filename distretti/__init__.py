"""Ground floor: who. The version of the whole product is here, once: pyproject.toml reads it."""

__version__ = "0.3.0"
