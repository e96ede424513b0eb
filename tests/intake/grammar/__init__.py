"""A grammar of tables as offices have them: each drawn table knows what was put into which cell."""
