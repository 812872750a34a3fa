"""The legal rules of offers, one file per noun: boundary values, each marked with its rule."""
