"""Pages of talk: the conversation beneath a thing, its forms, replies on the desk, and moderation.

Other areas show a conversation with ``{% include "talk/conversation.html" with talk=talk %}``, where ``talk`` comes
from ``prakai.talk.queries.conversation_page``. For visitors it holds no form and no token, so that it can be kept.
"""
