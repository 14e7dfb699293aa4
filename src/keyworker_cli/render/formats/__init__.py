"""The forms a report is given in, a module each: `render` makes text or bytes of it."""
