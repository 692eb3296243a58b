help:
	@echo to come
