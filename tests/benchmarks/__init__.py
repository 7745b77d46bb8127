"""The figures, each as a ratio against its yardstick in the same run: ``python -m tests.benchmarks [start|all]``."""
