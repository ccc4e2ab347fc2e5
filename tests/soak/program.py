"""The real program, in which a walk goes on until it is ended; `--film BYTES`: a film's limit."""

import sys

from nnviz.networks import film


def main() -> None:
    import nnviz.cli.app
    from nnviz.ui.app import start

    film.BUDGET = int(sys.argv.pop())
    sys.argv = ["nnviz"]

    class Walked(start.Start):
        def _window_load_late(self) -> None:
            super()._window_load_late()
            from tests.soak.walk import Walk

            Walk(self._window).start()

    start.Start = Walked  # type: ignore[misc]
    nnviz.cli.app.main()


if __name__ == "__main__":
    main()
