"""The addresses under /accounts/: those parts of allauth we use, and no others.

Not here: sign-in by code, phone numbers, confirmation and new password by link (both go by code); of the second step,
signing up with a passkey, browsers that are trusted, and the list and the download that our pages have no need of.
"""

from allauth.account import views as allauth
from allauth.mfa.base import views as steps
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path
from django.views.decorators.cache import never_cache

from lms.accounts import views
from lms.accounts.second_step import views as second_step

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
    # The second step and passkeys
    path("second-step/", never_cache(steps.authenticate), name="mfa_authenticate"),
    path("passkey/", never_cache(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("reauthenticate/code/", steps.reauthenticate, name="mfa_reauthenticate"),
    path("reauthenticate/passkey/", second_step.reauthenticate_passkey, name="mfa_reauthenticate_webauthn"),
    path("sign-in/", second_step.ways, name="mfa_index"),
    path("sign-in/app/", never_cache(app.activate_totp), name="mfa_activate_totp"),
    path("sign-in/app/off/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("sign-in/codes/", never_cache(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("sign-in/codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("sign-in/passkeys/add/", second_step.add_passkey, name="mfa_add_webauthn"),
    path("sign-in/passkeys/<int:pk>/name/", second_step.name_passkey, name="mfa_edit_webauthn"),
    path("sign-in/passkeys/<int:pk>/remove/", second_step.remove_passkey, name="mfa_remove_webauthn"),
]
