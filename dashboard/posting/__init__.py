"""All writes: rights, rules, history, one transaction."""
