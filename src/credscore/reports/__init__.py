"""Reports: ways of showing an Evaluation; a report computes nothing.

Each is a function from evaluations to text; a new output is one file here.
"""
