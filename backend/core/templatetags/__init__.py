"""Template tags of the design system; loaded into every template (settings, `builtins`)."""
