"""A plan's text → findings with spans, by rules that carry their own examples. Pure.

source     bytes to text
cleaning   the printed lines to paragraphs, each character with its place in the text
numbering  the numbers that headings begin with
clauses    paragraphs to the tree of clauses
head       title, 文号, issuer, dates
units      names of bodies, as lists print them
brackets   who is responsible, in brackets, labels and tables; actors: in sentences
dates      deadlines and cadences
targets    what is to be reached, by how much
checks     what a person must look at
reading    all of it, in order
"""
