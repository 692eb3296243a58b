from django.urls import path

from lms.accounts import dev_mail, views
from lms.accounts.importing.views import inviting
from lms.accounts.rules import MembershipRole

app_name = "accounts"
urlpatterns = [
    path("company/", views.company, name="company"),
    path("company/facts/", views.facts, name="facts"),
    path("company/invite/", views.invite, name="invite"),
    path("company/invite/many/", inviting.invite_many, name="invite_many"),
    path("company/invitations/<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("company/asks/<int:pk>/accept/", views.answer, {"let_in": True}, name="accept_ask"),
    path("company/asks/<int:pk>/decline/", views.answer, {"let_in": False}, name="decline_ask"),
    path("company/people/<int:pk>/admin/", views.change_role, {"role": MembershipRole.ADMIN}, name="make_admin"),
    path("company/people/<int:pk>/member/", views.change_role, {"role": MembershipRole.MEMBER}, name="make_member"),
    path("company/people/<int:pk>/take-out/", views.take_out, name="take_out"),
    path("company/choose/<int:pk>/", views.choose, name="choose"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("me/profile/", views.profile, name="profile"),
    path("dev/mail/", dev_mail.dev_mail, name="dev_mail"),
]
