"""``python -m credscore`` and the ``credscore`` command; every error leaves as a line and an exit code."""

import gc
import os
import sys


def main() -> None:
    """Run the command line."""
    gc.disable()  # a command is short; collecting while modules load costs a tenth of it
    from credscore.errors import CredscoreError

    try:
        from credscore.cli import app

        app()
    except CredscoreError as error:
        from credscore.cli.screen import say, shown_error

        say(shown_error(error))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        sys.exit(130)
    except Exception as error:
        from credscore.cli.screen import say

        if os.environ.get("CREDSCORE_DEBUG"):
            raise
        say(f"this is a defect of credscore: {type(error).__name__}: {error}")
        say("    run it again with CREDSCORE_DEBUG=1 and report what it prints")
        sys.exit(70)
    finally:
        gc.freeze()  # nor does what is about to be given back need collecting, which costs another tenth


if __name__ == "__main__":
    main()
