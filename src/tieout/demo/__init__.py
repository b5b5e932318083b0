"""A sample article: true claims, and on purpose the kinds of error that tieout is made to find."""
