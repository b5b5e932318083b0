"""Tagged filings as gold: what inline XBRL marks in a filing's text, against what tieout reads there."""
