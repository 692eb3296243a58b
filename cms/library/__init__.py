"""The library: documents and reports, who may have them, previews, downloads."""
