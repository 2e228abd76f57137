"""Search (ค้นหา): one index over all rooms, filtered by what the reader may see at the moment of asking.

It holds no truth of its own: it can be thrown away and made again from the rooms below at any time. What a text means
for finding (folding, words, clusters, abbreviations) is worked out here in Python, before the engine, so that every
engine behind the seam finds the same. It is not a list of what is new, and it ranks texts, never people.
"""
