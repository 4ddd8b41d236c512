"""``python -m credscore`` and the ``credscore`` command; every error leaves as a line and an exit code."""

import errno
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

        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EIO, errno.EBADF):
            say(f"cannot write the answer: {error.strerror}\n    name a file with -o")
            os._exit(2)  # what is left in the buffer has nowhere to go

        if os.environ.get("CREDSCORE_DEBUG"):
            raise
        say(f"this is a defect of credscore: {type(error).__name__}: {error}")
        say("    run it again with CREDSCORE_DEBUG=1 and report what it prints")
        sys.exit(70)
    finally:
        gc.freeze()  # nor does what is about to be given back need collecting, which costs another tenth


if __name__ == "__main__":
    main()
