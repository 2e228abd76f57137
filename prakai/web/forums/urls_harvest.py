"""Addresses of the harvest: the page, the same as papers, certificates of attendance."""

from __future__ import annotations

from django.urls import path

from prakai.web.forums.views import harvest

urlpatterns = [
    path("forums/<int:pk>/harvest", harvest.harvest, name="harvest"),
    path("forums/<int:pk>/harvest.pdf", harvest.as_pdf, name="harvest-pdf"),
    path("forums/<int:pk>/harvest.docx", harvest.as_docx, name="harvest-docx"),
    path("forums/<int:pk>/harvest.xlsx", harvest.as_xlsx, name="harvest-xlsx"),
    path("forums/<int:pk>/certificates.pdf", harvest.certificates, name="harvest-certificates"),
    path("forums/<int:pk>/certificate.pdf", harvest.own_certificate, name="harvest-certificate"),
]
