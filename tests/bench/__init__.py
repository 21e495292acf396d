"""Measures of speed: data in bulk, and what they are measured with.

``python -m tests.bench.genera`` fills a database; ``python -m tests.bench.api`` compares, in one
interleaved run, the lists of the API with simpler ways of giving the same rows. Results and method are
in ``docs/prestazioni.md``. Nothing here is part of the product, and no ordinary test takes the time.
"""
