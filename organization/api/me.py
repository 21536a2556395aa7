"""``/api/v1/me/``: who is calling."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from organization.api.serializers import IdentitySerializer


class Me(APIView):
    """The caller's account, the post acted in, and the posts that could be chosen; any key may ask it of itself."""

    noun = "me"
    permission_classes = [IsAuthenticated]

    @extend_schema(responses=IdentitySerializer, operation_id="me")
    def get(self, request: Request) -> Response:
        """Show who is calling."""
        return Response(IdentitySerializer(request.user, context={"request": request}).data)
