"""Fine-tune an encoder with two heads on windows of sentences, and export it."""
