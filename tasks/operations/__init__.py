"""The verbs of the room: one module a noun, one function a verb, four beats each: lock, check, change, record."""
