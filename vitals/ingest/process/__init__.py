"""The reading of untrusted bytes in a process of its own, within limits."""
