"""The pages where lists are uploaded, looked at and confirmed."""
