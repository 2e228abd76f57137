"""The knowledge report of a unit for one fiscal year: the seven steps of knowledge management, as DOCX and XLSX."""
