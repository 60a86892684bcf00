"""``python -m credsite``"""

from credsite.cli import main

main(prog_name="credsite")
