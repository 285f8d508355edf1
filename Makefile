# For those who have make; it only calls run.py.
.PHONY: book test
book:
	python3 run.py book
test:
	python3 run.py test
