"""Charts: seaborn and matplotlib drawings as SVG, with a description computed from findings."""
