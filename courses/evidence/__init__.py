"""What people have learned elsewhere: told to an advisor, who accepts it or asks; then a course opens to them."""
