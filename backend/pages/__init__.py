"""Pages that need figures or acts of several apps."""
