"""What is measured and what is broken on purpose: `python -m bench` and `python -m bench.chaos`. Not shipped."""
