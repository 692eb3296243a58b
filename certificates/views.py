"""The public page of a certificate."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates import selectors
from certificates.rules import is_crowded


@require_safe
@never_cache
def certificate(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Whether the certificate holds, said first, and all it states. Anyone with the address may see it.

    Never cached: a revoked certificate must not be called valid for another second.
    """
    found = get_object_or_404(selectors.certificates(), pk=pk)
    context = {
        "certificate": found,
        "statement": found.statement,
        "state": found.state(timezone.now()),
        "crowded": is_crowded(found.statement, found.revoked_reason),
        "address": request.build_absolute_uri(),
    }
    response = render(request, "certificates/certificate.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
