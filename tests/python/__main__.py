"""Runs the tests of this folder, and counts them in a line that `cargo xtask ci` reads."""

import pathlib
import sys
import unittest


def main() -> int:
    folder = pathlib.Path(__file__).parent
    suite = unittest.defaultTestLoader.discover(str(folder), pattern="test_*.py")
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(suite)
    failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    skipped = len(result.skipped)
    passed = result.testsRun - failed - skipped
    print(f"python tests: {passed} passed, {failed} failed, {skipped} skipped", flush=True)
    # A folder in which no test is found is not a success.
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
