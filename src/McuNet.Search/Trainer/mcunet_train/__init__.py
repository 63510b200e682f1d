"""One-shot supernet trainer: a child process that speaks JSON lines (docs/training.md)."""

VERSION = "0.1.0"
PROTOCOL = 1
