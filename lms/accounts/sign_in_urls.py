"""The addresses under /accounts/: those parts of allauth we use, and no others.

Not here: sign-in by code, phone numbers, confirmation and new password by link (both go by code).
"""

from allauth.account import views as allauth
from django.urls import path

from lms.accounts import views

urlpatterns = [
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("signup/", views.signup, name="account_signup"),
    path("confirm-email/", allauth.email_verification_sent, name="account_email_verification_sent"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("email/", allauth.email, name="account_email"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("password/set/", allauth.password_set, name="account_set_password"),
    path("password/reset/", allauth.password_reset, name="account_reset_password"),
    path("password/reset/confirm/", allauth.confirm_password_reset_code, name="account_confirm_password_reset_code"),
    path("password/reset/complete/", allauth.complete_password_reset, name="account_complete_password_reset"),
]
