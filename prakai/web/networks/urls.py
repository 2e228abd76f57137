"""Addresses of networks. The number decides; the words behind it are for people."""

from __future__ import annotations

from django.urls import path, re_path

from prakai.web.networks.views import caring, charters, joining, members, reading

_NUMBER = r"(?P<number>[0-9]{1,15})"

urlpatterns = [
    path("networks", reading.networks, name="networks"),
    path("networks/new", charters.found, name="network-found"),
    re_path(rf"^networks/{_NUMBER}(?:-(?P<slug>[^/]*))?$", reading.network, name="network"),
    re_path(rf"^networks/{_NUMBER}/charters$", reading.earlier, name="network-charters"),
    re_path(rf"^networks/{_NUMBER}/charter$", charters.write, name="network-charter"),
    re_path(rf"^networks/{_NUMBER}/name$", charters.name, name="network-name"),
    re_path(rf"^networks/{_NUMBER}/join$", joining.join, name="network-join"),
    re_path(rf"^networks/{_NUMBER}/members$", members.members, name="network-members"),
    re_path(rf"^networks/{_NUMBER}/members/(?P<pk>[0-9]{{1,15}})$", joining.waiting, name="network-waiting"),
    re_path(rf"^networks/{_NUMBER}/members/(?P<pk>[0-9]{{1,15}})/yes$", joining.say_yes, name="network-yes"),
    re_path(rf"^networks/{_NUMBER}/members/(?P<pk>[0-9]{{1,15}})/end$", joining.end, name="network-end"),
    re_path(rf"^networks/{_NUMBER}/care$", caring.care, name="network-care"),
    re_path(rf"^networks/{_NUMBER}/care/(?P<pk>[0-9]{{1,15}})/end$", caring.end, name="network-care-end"),
    re_path(rf"^networks/{_NUMBER}/rest$", caring.rest, name="network-rest"),
    re_path(rf"^networks/{_NUMBER}/wake$", caring.wake, name="network-wake"),
]
