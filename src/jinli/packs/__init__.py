"""Reading packs: the folder that makes a town, strictly, with all faults in one run. Knows no database."""
