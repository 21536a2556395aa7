"""The room's nouns at the REST door; ``config.api`` registers ``ROUTES``."""

from supervision.api import answering, correcting, informing, inspecting

ROUTES = (*inspecting.ROUTES, *correcting.ROUTES, *informing.ROUTES, *answering.ROUTES)
"""Prefix and viewset."""
