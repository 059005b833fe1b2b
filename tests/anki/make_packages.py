#!/usr/bin/env python3
"""Makes the small packages in src/exchange/anki/fixtures with Anki's own engine.

    python3 -m venv venv && venv/bin/pip install anki
    venv/bin/python tests/anki/make_packages.py src/exchange/anki/fixtures

Not run by `cargo test`. The contents are our own. What is in them is told by src/exchange/anki/tests.rs, which
counts cards, reviews and texts; change both together. The packages differ from run to run only in ids and times.

    oldest.apkg   collection.anki2 alone, as Anki wrote before 2.1 (made from `older.apkg`; the tables are the same)
    older.apkg    collection.anki21 beside a placeholder ("Support older Anki versions")
    newest.apkg   collection.anki21b (Zstandard) beside a placeholder
    newest.colpkg the whole collection in the newest layout, with a filtered deck
    stub.apkg     the placeholder of `newest.apkg` alone, with its `meta`: nothing may be imported from it

With `--large N FILE` it makes one package in the newest layout with N notes for measuring.
"""

import os
import sys
import tempfile
import zipfile

from anki.collection import Collection, ExportAnkiPackageOptions

HOUR = 3_600_000
START = 1_767_225_600_000  # 2026-01-01 00:00 UTC, in milliseconds

HTML = (
    "Which probe restarts a container?<br>"
    "<ul><li>liveness<ul><li><b>kubelet</b> runs it</li></ul></li><li>readiness</li></ul>"
    "<script>alert('x')</script><style>.a{}</style>"
)
HTML_ANSWER = (
    "<div>The <i>liveness</i> probe.</div>"
    '<pre><code class="language-yaml">livenessProbe:\n  httpGet:\n    path: /healthz\n</code></pre>'
    "<table><tr><th>probe</th><th>effect</th></tr><tr><td>liveness</td><td>restart</td></tr></table>"
    '<a href="https://kubernetes.io/docs/">docs</a> &lt;pod&gt; <img src="probe diagram.png">[sound:say.mp3]'
)


def note(col, kind, deck, fields, tags=()):
    made = col.new_note(col.models.by_name(kind))
    made.fields[: len(fields)] = fields
    made.tags = list(tags)
    col.add_note(made, col.decks.id(deck))
    return made


def review(col, card, at, ease, kind=1, factor=2500, took=8_000):
    col.db.execute(
        "insert into revlog values (?, ?, -1, ?, 3, 1, ?, ?, ?)", START + at, card, ease, factor, took, kind
    )


def fill(col):
    """15 notes, 19 cards; 1 card whose question is only a picture; 1 suspended card; 1 draft."""
    kubernetes, linux = "DevOps::Kubernetes", "DevOps::Linux"
    # Basic: 4 notes, 4 cards.
    first = note(col, "Basic", kubernetes, ["What is a pod?", "The smallest unit.<br>One or more containers."], ["k8s", "basics::objects"])
    note(col, "Basic", kubernetes, [HTML, HTML_ANSWER], ["k8s"])
    korean = note(col, "Basic", "데브옵스::쿠버네티스", ["파드가 무엇인가요?", "<b>쿠버네티스</b>에서 배포하는 가장 작은 단위입니다."], ["쿠버네티스"])
    note(col, "Basic", linux, ["A question nobody answered", ""])
    # Only a picture: skipped.
    note(col, "Basic", linux, ['<img src="probe diagram.png">', "A picture"])
    # Two cards of one note, and one of an optional pair with and without.
    reverse = note(col, "Basic (and reversed card)", linux, ["SIGTERM", "15"], ["signals"])
    note(col, "Basic (optional reversed card)", linux, ["SIGKILL", "9", "y"])
    note(col, "Basic (optional reversed card)", linux, ["SIGHUP", "1", ""])
    note(col, "Basic (type in the answer)", linux, ["Show listening sockets", "<code>ss -ltn</code>"])
    # Clozes: 1 + 2 + 2 + 1 + 1 cards.
    note(col, "Cloze", kubernetes, ["{{c1::etcd}} stores the state of the {{c1::cluster::what}}.", "It speaks Raft."])
    note(col, "Cloze", kubernetes, ["The {{c1::scheduler}} picks a {{c2::node::where}}.", ""])
    note(col, "Cloze", kubernetes, ["{{c1::A {{c2::Deployment}} owns ReplicaSets}}.", ""])
    note(col, "Cloze", kubernetes, ["{{c1::a}} {{c1::b}} {{c1::c}} {{c1::d}}", "four gaps"])
    note(col, "Cloze", kubernetes, ["{{c1::{{ .Values.image }}|latest}} in Helm", ""])
    # Suspended.
    suspended = note(col, "Basic", linux, ["What does OOM mean?", "Out of memory."])
    col.sched.suspend_cards([suspended.cards()[0].id])

    # 8 real answers and 4 rows that are none.
    card, back = first.cards()[0].id, reverse.cards()[1].id
    review(col, card, 0, 1, kind=0, factor=0)
    review(col, card, HOUR, 3, kind=0, factor=0)
    review(col, card, 30 * HOUR, 3)
    review(col, card, 100 * HOUR, 1, took=900_000)
    review(col, card, 101 * HOUR, 2, kind=2)
    review(col, card, 130 * HOUR, 4, kind=3)  # early, in a filtered deck
    review(col, card, 131 * HOUR, 3, kind=3, factor=0)  # a look only
    review(col, card, 132 * HOUR, 0, kind=4)  # moved by hand
    review(col, card, 133 * HOUR, 3, kind=5)  # moved by the program
    review(col, back, 2 * HOUR, 3, kind=0)
    review(col, korean.cards()[0].id, 3 * HOUR, 4, kind=0)
    review(col, back, 4 * HOUR, 0, kind=4, factor=0)
    col.db.execute("update cards set type = 2, queue = 2, ivl = 5, reps = 6, due = 20 where id = ?", card)
    with open(os.path.join(col.media.dir(), "probe diagram.png"), "wb") as picture:
        picture.write(b"\x89PNG\r\n\x1a\n" + bytes(64))


def export(col, path, legacy):
    options = ExportAnkiPackageOptions(
        with_scheduling=True, with_deck_configs=True, with_media=True, legacy=legacy
    )
    col.export_anki_package(out_path=path, options=options, limit=None)


def repack(source, target, names):
    """Copies some files of a package, under other names if need be."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name, renamed in names.items():
            new.writestr(zipfile.ZipInfo(renamed), old.read(name), zipfile.ZIP_DEFLATED)


def make_fixtures(target):
    with tempfile.TemporaryDirectory() as home:
        col = Collection(os.path.join(home, "collection.anki2"))
        fill(col)
        at = lambda name: os.path.join(target, name)
        newest = os.path.join(home, "newest.apkg")
        export(col, newest, legacy=False)
        full = os.path.join(home, "older.apkg")
        export(col, full, legacy=True)
        # What Anki stores is recompressed to be small in the repository.
        repack(full, at("older.apkg"), {n: n for n in ("meta", "collection.anki2", "collection.anki21", "media", "0")})
        repack(full, at("oldest.apkg"), {"collection.anki21": "collection.anki2", "media": "media"})
        repack(newest, at("newest.apkg"), {n: n for n in ("meta", "collection.anki21b", "collection.anki2", "media", "0")})
        repack(newest, at("stub.apkg"), {"meta": "meta", "collection.anki2": "collection.anki2", "media": "media"})
        filtered = col.sched.get_or_create_filtered_deck(0)
        filtered.name = "Cram"
        filtered.config.search_terms[0].search = "deck:데브옵스::*"
        col.sched.add_or_update_filtered_deck(filtered)
        assert col.db.scalar("select count() from cards where odid != 0") == 1
        print(col.note_count(), "notes,", col.card_count(), "cards")
        whole = os.path.join(home, "newest.colpkg")
        col.export_collection_package(whole, include_media=False, legacy=False)
        repack(whole, at("newest.colpkg"), {n: n for n in ("meta", "collection.anki21b", "media")})


def make_large(count, path):
    with tempfile.TemporaryDirectory() as home:
        col = Collection(os.path.join(home, "collection.anki2"))
        for number in range(count):
            deck = f"Large::{number % 20:02}"
            if number % 4 == 0:
                made = note(col, "Cloze", deck, [f"Fact {number}: {{{{c1::etcd}}}} and {{{{c2::Raft}}}} " * 3, HTML_ANSWER])
            else:
                made = note(col, "Basic (and reversed card)", deck, [f"{number} {HTML}", HTML_ANSWER * 2], ["large"])
            for which, card in enumerate(made.cards()):
                for day in range(5):
                    review(col, card.id, number * 40 + which * 17 + day * 24 * HOUR, 3)
        export(col, path, legacy=False)


if __name__ == "__main__":
    if sys.argv[1] == "--large":
        make_large(int(sys.argv[2]), sys.argv[3])
    else:
        make_fixtures(sys.argv[1])
