"""The compiled engine: learning steps that numba turns into machine code of their own.

Only here is numba imported, which takes most of a second: whoever wants a learner of this engine
imports these modules when the run begins, in the training process alone.
"""
