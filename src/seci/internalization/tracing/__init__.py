"""Knowledge tracing: how likely a learner is to judge the next case rightly.

It schedules and never decides: whether somebody has internalized a pattern is for the gates.
"""
