"""How a file becomes rows, and rows become what is wanted of companies and invitations. Pure."""
