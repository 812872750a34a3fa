"""By hand: `python -m backend.embedded start|stop|status|erase|url`."""

import sys

from backend import embedded


def main(arguments: list[str]) -> int:
    actions = {
        "start": embedded.ensure,
        "stop": embedded.stop,
        "status": embedded.is_running,
        "erase": embedded.erase,
        "url": embedded.url,
    }
    if len(arguments) != 1 or arguments[0] not in actions:
        sys.stderr.write(f"usage: python -m backend.embedded {'|'.join(actions)}\n")
        return 2
    try:
        answer = actions[arguments[0]]()
    except embedded.EmbeddedFailed as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    sys.stdout.write(f"{answer}\n" if answer is not None else "done\n")
    return 0


sys.exit(main(sys.argv[1:]))
