"""The harvest of a forum as documents: one report as PDF, DOCX and XLSX, and certificates of attendance."""
