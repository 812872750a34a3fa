"""The commands; a module's name is the command's."""
