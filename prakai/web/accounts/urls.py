"""Addresses of sign-in and settings."""

from __future__ import annotations

from allauth.socialaccount.providers.openid_connect.views import login as openid_login
from django.urls import include, path
from django.views.generic import RedirectView, TemplateView

from prakai.web.accounts.views import appointments, demo, joining, privacy, settings

urlpatterns = [
    path("accounts/oidc/<str:provider_id>/login/", joining.leaving_gently(openid_login), name="away"),
    path("accounts/email/", settings.address),
    path("accounts/password/reset/", joining.forgotten),
    path("accounts/", include("allauth.urls")),
    path("join/waiting", joining.waiting, name="joining_waiting"),
    path("join/<slug:token>", joining.by_invitation, name="by_invitation"),
    path("demo/enter/<slug:role>", demo.enter, name="demo_enter"),
    path("terms", TemplateView.as_view(template_name="accounts/terms.html"), name="terms"),
    path("settings", RedirectView.as_view(pattern_name="settings_profile"), name="settings"),
    path("settings/profile", settings.profile, name="settings_profile"),
    path("settings/portrait", settings.portrait, name="settings_portrait"),
    path("settings/preferences", settings.preferences, name="settings_preferences"),
    path("settings/security", settings.security, name="settings_security"),
    path("settings/appointments", appointments.appointments, name="settings_appointments"),
    path("settings/appointments/<int:pk>", appointments.appointment, name="settings_appointment"),
    path("settings/appointments/<int:pk>/end", appointments.end, name="settings_appointment_end"),
    path("settings/appointments/<int:pk>/drop", appointments.drop, name="settings_appointment_drop"),
    path("settings/privacy", privacy.privacy, name="settings_privacy"),
    path("settings/privacy/consents/<slug:kind>", privacy.consent, name="settings_consent"),
    path("settings/privacy/my-data", privacy.my_data, name="settings_my_data"),
    path("settings/privacy/my-data.zip", privacy.take, name="settings_take"),
    path("settings/privacy/leave", privacy.leave, name="settings_leave"),
]
