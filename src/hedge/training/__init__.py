"""Corpus to model: fit, calibrate, describe."""
