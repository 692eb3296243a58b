"""What a request costs, beside bare Django on the same server: `make bench`."""
