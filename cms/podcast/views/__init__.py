"""The podcast's page and feeds for everybody (`public`), and a person's own (`own`)."""
