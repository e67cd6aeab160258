"""The commands, a file a purpose: reading in, asking, and exchange with other programs."""
