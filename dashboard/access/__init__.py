"""The only door to data: who may see what, and the only module that opens a snapshot."""
