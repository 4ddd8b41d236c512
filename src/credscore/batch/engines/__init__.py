"""Engines: how Polars, DuckDB and Spark each read a table and hand it on; what is reckoned is the same on all three.

Polars is told, before it is loaded, to keep the memory it has for the next chunk of the same size.
"""

import os

os.environ.setdefault("_RJEM_MALLOC_CONF", "narenas:2,dirty_decay_ms:10000,muzzy_decay_ms:10000")
