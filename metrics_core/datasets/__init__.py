"""Data that outgrow one machine's memory: Parquet files, read a block at a time.

Everything that is computed here is a state that merges, so that the files can be read in any order,
by any number of processes, and a block that is read twice for want of an answer changes nothing.
"""
