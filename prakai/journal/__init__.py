"""The journal (สมุดเหตุการณ์): who did what to which thing, when.

It is the audit trail, the outbox and the source of notices. Actions write one line with ``record``; followers read
the lines after commit, each with its own cursor. It is not a log of requests, and nothing is ever changed in it.
"""
