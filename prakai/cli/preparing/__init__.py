"""What ``prakai setup`` makes: folders, tables, catalogue, fonts, static files; each skipped while its inputs stand."""
