"""The tests of the house's own rules: floors, states, layout, links, the embedded database."""
