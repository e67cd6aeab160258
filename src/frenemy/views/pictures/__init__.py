"""What the report and the plots draw, worked out once: places, curves and marks as plain values, in units of the picture."""
