"""The commands, a module each: thin functions that read options, call one action or report, and show it."""
