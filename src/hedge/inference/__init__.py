"""The tokenised batch core: consecutive sentences in windows, one pass of the encoder, two heads."""
