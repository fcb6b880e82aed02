"""`python -m ipcity_policy` runs the commands."""

from ipcity_policy.cli.main import main

if __name__ == "__main__":
    main()
