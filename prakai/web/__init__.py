"""The web door: pages, forms, feeds. It loads through ``visible_to``, checks shape, calls one action, and answers."""
