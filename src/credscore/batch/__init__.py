"""Batch: many programs at once, by the same measures and the same rubric as one.

Folders are read file by file on every core; tables are judged by the column on the engine that is asked for.
"""
