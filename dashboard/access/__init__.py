"""Who may do what: accounts, sessions, roles. Nothing lives here yet."""
