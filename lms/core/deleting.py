"""Deleting in the editors' part of the site, where something else may rest on what is deleted."""

from django import forms
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views import generic


class RefusableDeleteView(generic.DeleteView):
    """Deletes, or says in a sentence why not and leads back to the form. A viewset may give a sentence of its own."""

    refusal: str | Promise = _("Something else still rests on this, so nothing was deleted.")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            answer: HttpResponse = super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, self.refusal)
            return redirect(reverse(self.edit_url_name, args=[self.object.pk]))
        return answer
