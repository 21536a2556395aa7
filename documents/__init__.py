"""PAPER: what comes in is read, what goes out is laid out; pure, knows no other room."""
