"""Each reader of bank files: what it makes of a file, and which damage it names."""
