"""Who is named: mentions, and the actors that they name."""
