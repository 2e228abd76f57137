"""Exchange (แลกเปลี่ยนเข้าออก): the ways in and out for whole collections.

`importing` reads what other platforms saved and brings it in; `exporting` gives everything back in open formats.
Exchange owns no note, comment or tag: it asks the rooms below to write them.
"""
