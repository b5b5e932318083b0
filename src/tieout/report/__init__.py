"""Findings and figures -> terminal and JSON. Knows the nouns, never the ledger or the catalogue."""
