"""Units (หน่วยงาน): agencies as one tree that survives renames, mergers and splits.

A unit is the actor of the whole chain: good work is seen in it, told by it, adopted by it, honoured in it. It is not
a group of friends (that is a network) and not a page that somebody owns.
"""
