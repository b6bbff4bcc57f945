"""One module a command, found by its name.

Each has `HELP`, `add_arguments(parser)`, `run(args) -> int`, and `NEEDS_DJANGO = True` where it touches rows.
"""
