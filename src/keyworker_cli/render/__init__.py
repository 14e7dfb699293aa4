"""From a `Report` to what is shown or written. Knows columns, knows no prison words."""
