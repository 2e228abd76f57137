"""Forums (เวทีแลกเปลี่ยนเรียนรู้): a whole day on which people of many units tell, ask, listen and review together.

A forum belongs to a unit, has a purpose (หัวปลา: which work to improve), an agenda, participants with roles, circles in
which stories are told, a wall of small sparks (ประกาย), an after-action review and promises. It is not a webboard and
not a lecture: most of its time belongs to those who came. What is told in it can grow into notes and, later, practices.
"""
