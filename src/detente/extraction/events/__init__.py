"""Who did what to whom: frames of the lexicon matched on the parse."""
