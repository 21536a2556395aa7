"""Whose turn it is, as conditions in the database, one module a theme (我的待办).

A *turn* is a step that others wait for: to submit a draft, to decide, to sign, to answer, to put right, to verify. No
turns are what one may do at any time or need never do: to edit, prove, link, name, withdraw, waive, reassign, ask for
review. Each condition is the twin of the actors of those steps; a law test holds the two together.
"""
