"""The figures, by subject. Each is a function of the dataset, a period and a scope, and returns a Figure.

Where `groups` is given it holds codes; none means all.
"""
