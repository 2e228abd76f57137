"""What ``prakai doctor`` looks at: each check says how it is, and what to do when it is not well."""
