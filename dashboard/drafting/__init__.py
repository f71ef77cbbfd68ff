"""What was read in a plan → draft rows of its ledgers, and back to records. Pure.

draft      a reading to rows of texts, each with its place and what to look at
rows       the shape of a draft row
bodies     units and collectives
work       tasks with their measures, responsibilities and dates
figures    indicators and the lines on which they are reported
records    accepted rows to records, with what is wrong
comparing  a draft against the ledgers in force
"""
