"""What was so on a day, read from dated rows: homes and whose they were, who lived in them, what was known.

Reads only, set-based, into the plain values of `indicators.facts`. `homes` and `people` gather them for
`properties.figures`; `ownership`, `stays` and `known` are what they rest on.
"""
