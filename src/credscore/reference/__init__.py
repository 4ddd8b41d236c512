"""Reference: facts about the world that credscore ships as data, each with its source and date.

Accreditors, credit systems, occupation codes and exchange rates.
"""
