"""`seci`, and `python -m seci`."""

import signal


def main() -> None:
    """Runs the command line. Ctrl-C while modules are still being read ends it at once, without a traceback."""
    heard = signal.getsignal(signal.SIGINT)
    if heard is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from seci.site import cli

    signal.signal(signal.SIGINT, heard)
    cli.main()


if __name__ == "__main__":
    main()
