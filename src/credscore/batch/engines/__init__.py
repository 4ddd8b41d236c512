"""Engines: how Polars, DuckDB and Spark each read a table and hand it on; what is reckoned is the same on all three."""
