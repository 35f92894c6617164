"""Every choice of a step: one object that computes, says what it does, and writes its code.

A choice is a subclass of `Activated`, `Decision`, `Comparison` or `Aggregation` and one instance of
it. A row of the catalogue holds the instances; whoever needs words, traces or code asks them.
"""
