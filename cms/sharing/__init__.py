"""What other sites and programs read of a page: previews, structured data, the sitemap."""
