"""Core's pages: front, login, language, outbox, and in a demo the gallery of the design."""

from django.urls import path

from backend.core import pages_account, pages_design, pages_home

page_urlpatterns = [
    path("", pages_home.front, name="front"),
    path("home/", pages_home.home, name="home"),
    path("login/", pages_account.Login.as_view(), name="login"),
    path("login/as/", pages_account.login_as, name="login-as"),
    path("logout/", pages_account.Logout.as_view(), name="logout"),
    path("language/", pages_account.language, name="language"),
    path("outbox/", pages_home.outbox, name="outbox"),
    path("design/", pages_design.gallery, name="design"),
]
