"""Chronology: many agencies' records, laid side by side in time.

Reads the exports that health, social care, police, schools and others send,
finds the accounts that tell of the same occurrence, and writes one timeline.
Nothing is lost, nothing is invented, a merge never hides, nothing leaks.
"""

__version__ = "0.1.0"
