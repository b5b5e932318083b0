"""The outside world: EDGAR, asked with its etiquette, kept in a cache, and read as far as its listings go."""
