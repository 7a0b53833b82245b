"""Runs the tests of this folder, and counts them in a line that `cargo xtask ci` reads."""

import pathlib
import sys
import unittest


class Result(unittest.TextTestResult):
    """Counts what passed, which the base class leaves to be guessed."""

    passed = 0

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1


def main() -> int:
    folder = pathlib.Path(__file__).parent
    suite = unittest.defaultTestLoader.discover(str(folder), pattern="test_*.py")
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2, resultclass=Result).run(suite)
    # A class that cannot be set up is one failure, whatever the number of its tests.
    failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    skipped = len(result.skipped)
    passed = result.passed
    print(f"python tests: {passed} passed, {failed} failed, {skipped} skipped", flush=True)
    # A folder in which no test is found is not a success.
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
