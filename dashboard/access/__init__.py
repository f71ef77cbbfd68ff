"""Who may do what: accounts, log-ins, rights, what a viewer may see, and the audit chain."""
