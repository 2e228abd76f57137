"""People (สมาชิก): persons, their appointments in units over time, what they agreed to, what they prefer.

A person is somebody who tells, reads and answers. She is not her account at a provider and not her position:
positions are appointments, and they end while the person goes on.
"""
