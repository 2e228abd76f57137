"""Networks (เครือข่าย): circles of units and people who agreed, in a charter, to make some work better together.

A network has stewards who look after it, and members: units, and people who come for themselves. Nobody is made a
member: the network asks and the member agrees, or the other way round. It is not a unit (no agency stands above
another in it), not a mailing list, and not the whole place.
"""
