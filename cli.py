"""Run the commands from a checkout: `python cli.py …` is the same as `ipcity …`."""

from ipcity_policy.__main__ import main

if __name__ == "__main__":
    main()
