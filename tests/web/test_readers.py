"""Many readers at once, while another process writes, get right answers and no error."""

from __future__ import annotations

import subprocess
import sys
import threading

from detente import workflow
from detente.model import Dyad
from detente.storage.catalog import Store
from pages import served

TEXTS = (
    "Turkey attacked Russia on {day} May 2016.",
    "Russia imposed sanctions on Turkey on {day} June 2016.",
    "Turkey and Russia signed an agreement on {day} July 2016, the ministry said.",
)
READERS = 20
ROUNDS = 2
WRITER = """
import sys
from detente import workflow
from detente.storage.catalog import Store
if __name__ == "__main__":
    store = Store(__import__("pathlib").Path(sys.argv[1]))
    workflow.read(sys.argv[2:], store)
    workflow.resolve(store)
"""


def state(store):
    """What the pages may say of the pair at one moment: each event with the reports it has."""
    found = workflow.events(store, between=Dyad("TUR", "RUS"))
    return {event.id: len(reports) for event, reports in found}


def test_twenty_readers_while_another_process_writes(tmp_path):
    batches = []
    for round_ in range(ROUNDS):
        folder = tmp_path / f"in-{round_}"
        folder.mkdir()
        for number, text in enumerate(TEXTS):
            for outlet in ("Herald", "Ledger")[: 1 + round_ % 2]:
                body = text.format(day=5 + 3 * round_ + number)
                head = f"Outlet: {outlet}\nPublished: 2016-08-01\n\n"
                (folder / f"{number}-{outlet}.txt").write_text(head + body, "utf-8")
        batches.append(folder)
    store = Store(tmp_path / "store")
    workflow.read([batches[0]], store)
    workflow.resolve(store)
    states = [state(store)]
    wrong, answered = [], [0] * READERS
    stop = threading.Event()

    def read(number, pages):
        while not stop.is_set():
            listing = pages.get("/relations/TUR/RUS.json")
            if listing.status != 200:
                wrong.append(listing)
                return
            told = {one["id"]: one["reports"] for one in listing.json["events"]}
            seen.append(told)
            for path in ("/", "/briefs/TUR/RUS", *(f"/events/{one}" for one in list(told)[:2])):
                answer = pages.get(path)
                # an event's id may be new after the next resolution; then there is no such event
                if answer.status != 200 and not (
                    path.startswith("/events") and answer.status == 404
                ):
                    wrong.append(answer)
                    return
            answered[number] += 1

    seen = []
    with served(store.folder) as pages:
        threads = [threading.Thread(target=read, args=(n, pages)) for n in range(READERS)]
        for thread in threads:
            thread.start()
        for folder in batches[1:]:
            script = tmp_path / "writer.py"
            script.write_text(WRITER, "utf-8")
            subprocess.run([sys.executable, script, store.folder, folder], check=True)
            states.append(state(store))
        stop.set()
        for thread in threads:
            thread.join(timeout=120)
        last = pages.get("/relations/TUR/RUS.json").json["events"]
    assert not wrong, (wrong[0].status, wrong[0].text[-600:])
    assert all(answered)
    assert all(told in states for told in seen)
    assert len({tuple(sorted(told.items())) for told in states}) == ROUNDS
    assert {one["id"]: one["reports"] for one in last} == states[-1]
