"""Who is with whom, who is against whom, since when, and who says so."""
