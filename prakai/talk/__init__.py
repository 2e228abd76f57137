"""Talk (วงสนทนา): conversations that things own, their comments and appreciations, and the notices that follow.

A conversation belongs to one thing of a higher room (a note, later a practice or a forum); it carries that thing's
audience, hosts, title and address, so that this room never needs to look up. Appreciation is words, not a counter.
"""
