"""The books: records, tables, database, frozen snapshots, migrations."""
