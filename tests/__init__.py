"""The suite: mirrors the packages; the cast is in `conftest`, walks end to end in `stories`."""
