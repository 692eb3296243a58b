"""Companies and invitations by the list: files read, shown, and then done whole or not at all."""
