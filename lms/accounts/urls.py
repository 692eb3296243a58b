from django.urls import path

from lms.accounts import dev_mail, views
from lms.accounts.importing.views import inviting
from lms.accounts.privacy import views as privacy
from lms.accounts.rules import MembershipRole

app_name = "accounts"
urlpatterns = [
    path("company/facts/", views.facts, name="facts"),
    path("company/register/", views.register, name="register"),
    path("company/invite/", views.invite, name="invite"),
    path("company/invite/many/", inviting.invite_many, name="invite_many"),
    path("company/invitations/<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("company/asks/<int:pk>/accept/", views.answer, {"let_in": True}, name="accept_ask"),
    path("company/asks/<int:pk>/decline/", views.answer, {"let_in": False}, name="decline_ask"),
    path("company/people/<int:pk>/admin/", views.change_role, {"role": MembershipRole.ADMIN}, name="make_admin"),
    path("company/people/<int:pk>/member/", views.change_role, {"role": MembershipRole.MEMBER}, name="make_member"),
    path("company/people/<int:pk>/take-out/", views.take_out, name="take_out"),
    path("company/people/<int:pk>/hand-over/", views.hand_over, name="hand_over"),
    path("company/leave/", views.leave, name="leave"),
    path("company/domains/", views.domains, name="domains"),
    path("company/domains/<int:pk>/remove/", views.remove_domain, name="remove_domain"),
    path("company/domains/<int:pk>/ask/", views.ask_at_domain, name="ask_at_domain"),
    path("company/choose/<int:pk>/", views.choose, name="choose"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("me/profile/", views.profile, name="profile"),
    path("me/sessions/", privacy.sessions, name="sessions"),
    path("me/sessions/end/", privacy.end_others, name="end_other_sessions"),
    path("me/sessions/<str:reference>/end/", privacy.end, name="end_session"),
    path("me/data/", privacy.own_data, name="own_data"),
    path("me/data/download/", privacy.download, name="download_own_data"),
    path("dev/mail/", dev_mail.dev_mail, name="dev_mail"),
]
