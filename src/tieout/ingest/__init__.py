"""Documents to facts as filed: each reader answers the rows of a document, and what it left out and why."""
