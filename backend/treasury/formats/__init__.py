"""Readers of bank files, a module per format: bytes in, `ParsedFile` out, nothing guessed. Pure.

camt (camt.053, camt.054 and the Italian CBI wrapper), cbi_flow (CBI fixed-width records), mt940,
delimited (CSV or XLSX with a layout that says what its columns mean). Whether sums are right is judged
in `bank_statements`.
"""
