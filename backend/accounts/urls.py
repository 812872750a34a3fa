"""The addresses of accounts: API and pages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from backend.accounts.api import deputies as api_deputies
from backend.accounts.api import sign_ups as api_sign_ups
from backend.accounts.api import staff as api_staff
from backend.accounts.api import tokens as api_tokens
from backend.accounts.pages import account, deputies, passwords, sign_in, sign_ups, staff
from backend.core import pages, tones, undoing
from backend.core.roles import Role

undoing.register("deputy.named", "deputy-end")
undoing.register("staff.invited", "staff-act")
undoing.register("staff.roles_changed", "staff-member")
tones.register("done", "account_open")
tones.register("stopped", "account_closed", "locked")
tones.name(account_open=_("open"), account_closed=_("closed"), locked=_("locked for a while"))
pages.register_nav(_("People"), "staff", "staff.manage", order=880)
pages.register_nav(_("Deputies"), "deputies", "deputy.name", order=885, under="staff")
pages.register_home(Role.ADMINISTRATOR, "staff", order=60)

api_urlpatterns = [
    path("staff/", api_staff.StaffList.as_view(), name="staff"),
    path("staff/<int:pk>/roles/", api_staff.Roles.as_view(), name="staff-roles"),
    path("staff/<int:pk>/disable/", api_staff.Disable.as_view(), name="staff-disable"),
    path("staff/<int:pk>/enable/", api_staff.Enable.as_view(), name="staff-enable"),
    path("staff/<int:pk>/unlock/", api_staff.Unlock.as_view(), name="staff-unlock"),
    path(
        "staff/<int:pk>/second-factor-reset/",
        api_staff.ResetSecondFactor.as_view(),
        name="staff-second-factor-reset",
    ),
    path("deputies/", api_deputies.DeputyList.as_view(), name="deputies"),
    path("deputies/<int:pk>/end/", api_deputies.EndDeputy.as_view(), name="deputy-end"),
    path("sign-ups/", api_sign_ups.SignUps.as_view(), name="sign-ups"),
    path(
        "sign-ups/<str:token>/finish/", api_sign_ups.FinishSignUp.as_view(), name="sign-up-finish"
    ),
    path("tokens/", api_tokens.TokenList.as_view(), name="tokens"),
    path("tokens/<int:pk>/revoke/", api_tokens.RevokeToken.as_view(), name="token-revoke"),
]

page_urlpatterns = [
    path("login/", sign_in.Login.as_view(), name="login"),
    path("login/second-step/", sign_in.second_step, name="second-step"),
    path("login/set-up/", sign_in.set_up, name="second-factor-set-up"),
    path("login/as/", sign_in.login_as, name="login-as"),
    path("logout/", sign_in.Logout.as_view(), name="logout"),
    path("language/", sign_in.language, name="language"),
    path("sign-up/", sign_ups.sign_up, name="sign-up"),
    path("sign-up/<str:token>/", sign_ups.finish, name="sign-up-finish"),
    path("password/forgotten/", passwords.forgotten, name="password-forgotten"),
    path("password/<str:token>/", passwords.choose, name="password-choose"),
    path("account/", account.account, name="account"),
    path("account/password/", account.change_password, name="account-password"),
    path("account/second-factor/", account.set_up, name="account-set-up"),
    path("account/recovery-codes/", account.renew_codes, name="account-codes"),
    path("account/sessions/<str:pk>/end/", account.end_session, name="account-session-end"),
    path("account/tokens/", account.new_token, name="account-tokens"),
    path("account/tokens/<int:pk>/revoke/", account.revoke_token, name="account-token-revoke"),
    path("staff/", staff.people, name="staff"),
    path("staff/invite/", staff.invite, name="staff-invite"),
    path("staff/<int:pk>/", staff.member, name="staff-member"),
    path("staff/<int:pk>/<slug:act>/", staff.act, name="staff-act"),
    path("deputies/", deputies.own, name="deputies"),
    path("deputies/<int:pk>/end/", deputies.end, name="deputy-end"),
]
