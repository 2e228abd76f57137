"""Tags and filters for the templates of every page: ``{% load prakai_tags %}``."""
