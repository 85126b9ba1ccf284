"""Fixtures for every test."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import hedge

REPOSITORY = Path(__file__).resolve().parents[1]

settings.register_profile("hedge", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hedge")


@pytest.fixture(scope="session")
def classifier() -> hedge.Classifier:
    """The default model of this checkout."""
    return hedge.load(REPOSITORY / "models" / "default")


@pytest.fixture(scope="session")
def demo_text() -> str:
    """The invented news text of the examples."""
    return (REPOSITORY / "examples" / "harbour.txt").read_text(encoding="utf-8")
