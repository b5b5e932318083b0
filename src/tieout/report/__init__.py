"""Findings and figures -> terminal, HTML, Markdown, JSON, notebook, rows. Never the ledger or the catalogue."""
