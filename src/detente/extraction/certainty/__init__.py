"""How a claim is held: polarity, strength, time and label."""
