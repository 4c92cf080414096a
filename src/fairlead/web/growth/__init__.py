"""My growth: one skill at a time, tried in the week as it is, and measured again."""
