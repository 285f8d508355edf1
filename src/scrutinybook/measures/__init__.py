"""From figures and events to series: periods, numerators, denominators."""
