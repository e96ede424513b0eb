"""Geometry: what shapes of units are, apart from what is shown on them."""
