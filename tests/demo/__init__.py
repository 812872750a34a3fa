"""The demo: its processes, its people, its memory, the world around it."""
