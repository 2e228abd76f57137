"""The mail door: letters that people get. It follows the journal and writes in the reader's language.

Letters about sign-in itself (confirm your address, choose a new password) are django-allauth's; their texts lie with
the pages of accounts.
"""
