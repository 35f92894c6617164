"""``python -m accuracy_lens`` is the command `accuracy-lens`."""

from accuracy_lens.shell.program import main

if __name__ == "__main__":
    main()
