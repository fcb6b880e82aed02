"""Run every benchmark and print its ratios."""

import sys

import one_sheet
import start


def main() -> None:
    """Print one line a ratio."""
    for name, ratio, against in (*start.results(), *one_sheet.results()):
        sys.stdout.write(f"{name:<44} {ratio:6.1f} × {against}\n")


if __name__ == "__main__":
    main()
