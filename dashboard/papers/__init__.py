"""Verdicts to the words of documents: what a paper says, before it becomes Word, Excel or PDF."""
