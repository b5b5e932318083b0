"""Findings and figures -> terminal, HTML, Markdown, JSON, rows. Never the ledger or the catalogue."""
