"""My journey: what somebody did and who saw it, what a level asks, summaries, who speaks for them."""
