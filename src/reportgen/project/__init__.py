"""The door: a project as programs, notebooks and the command line use it."""
