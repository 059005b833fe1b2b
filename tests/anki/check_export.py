#!/usr/bin/env python3
"""Opens a package that prep wrote in Anki's own engine and compares what arrives.

    python3 -m venv venv && venv/bin/pip install anki
    cargo run -- export --format apkg -o /tmp/prep.apkg
    venv/bin/python tests/anki/check_export.py /tmp/prep.apkg [a later export.apkg]

Any other package of the oldest kind can be given. Not run by `cargo test`. Ends with 0 if every note, card and
review of the package is in Anki as it was written, Anki's own check of its database has nothing to mend, every card can
be drawn and answered, and a second import (also of a later export, if one is given) changes no count.
"""

import json
import os
import sqlite3
import sys
import tempfile
import zipfile

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest


def source(path):
    """The tables of the package."""
    with zipfile.ZipFile(path) as package, tempfile.TemporaryDirectory() as home:
        assert package.testzip() is None
        db = sqlite3.connect(package.extract("collection.anki2", home))
        rows = lambda sql: db.execute(sql).fetchall()
        assert rows("pragma integrity_check") == [("ok",)]
        (crt, decks), = rows("select crt, decks from col")
        names = {int(id): deck["name"] for id, deck in json.loads(decks).items()}
        return {
            "crt": crt,
            "notes": {r[0]: r[1:] for r in rows("select guid, flds, trim(tags) from notes")},
            "cards": {
                r[0]: (names[r[1]], *r[2:])
                for r in rows(
                    "select n.guid, c.did, c.type, c.queue, c.due, c.ivl, c.factor, c.reps, c.lapses, c.data"
                    " from cards c join notes n on n.id = c.nid"
                )
            },
            "revlog": sorted(
                rows(
                    "select r.id, n.guid, r.ease, r.ivl, r.lastIvl, r.factor, r.time, r.type from revlog r"
                    " join cards c on c.id = r.cid join notes n on n.id = c.nid"
                )
            ),
        }


def bring_in(col, path):
    options = ImportAnkiPackageOptions(with_scheduling=True, merge_notetypes=True)
    log = col.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options)).log
    print(f"  new {len(log.new)}, updated {len(log.updated)}, duplicate {len(log.duplicate)}, conflicting {len(log.conflicting)}")
    assert not log.conflicting and not log.missing_notetype and not log.empty_first_field
    return log


def compare(col, wanted):
    shift = (col.crt - wanted["crt"]) / 86400
    for guid, (fields, tags) in wanted["notes"].items():
        found = col.db.first("select id, flds, trim(tags), csum, sfld from notes where guid = ?", guid)
        assert found, guid
        id, found_fields, found_tags, checksum, _ = found
        assert found_fields == fields, (found_fields, fields)
        assert sorted(found_tags.split()) == sorted(tags.split()), (found_tags, tags)
        assert checksum, "Anki computed the checksum of the first field"
        cards = col.get_note(id).cards()
        assert len(cards) == 1, guid
        card = cards[0]
        deck, kind, queue, due, interval, ease, reps, lapses, data = wanted["cards"][guid]
        assert col.decks.name(card.did) == deck
        assert (card.type, card.queue, card.ivl, card.factor, card.reps, card.lapses) == (kind, queue, interval, ease, reps, lapses)
        if kind in (2, 3):
            today = col.sched.today
            print(f"  {guid}: due in {card.due - today} days, interval {card.ivl}, {card.memory_state}".replace("\n", " "))
            assert card.memory_state is not None, "FSRS knows the card"
            # Both count from the day on which their collection was made.
            assert abs(card.due - due + shift) <= 1, (card.due, due, shift)
        if data:
            state = json.loads(data)
            assert abs(card.memory_state.stability - state["s"]) < 0.01 and abs(card.memory_state.difficulty - state["d"]) < 0.01
        assert card.question() and card.answer(), "it can be drawn"
        assert "{{" not in card.question(), card.question()
    found = sorted(
        tuple(row)
        for row in col.db.execute(
            "select r.id, n.guid, r.ease, r.ivl, r.lastIvl, r.factor, r.time, r.type from revlog r"
            " join cards c on c.id = r.cid join notes n on n.id = c.nid"
        )
    )
    assert found == wanted["revlog"], (found, wanted["revlog"])


def counts(col):
    return col.note_count(), col.card_count(), col.db.scalar("select count() from revlog")


def main(path, later):
    wanted = source(path)
    with tempfile.TemporaryDirectory() as home:
        col = Collection(os.path.join(home, "collection.anki2"))
        print("first import")
        log = bring_in(col, path)
        assert len(log.new) == len(wanted["notes"])
        assert counts(col) == (len(wanted["notes"]), len(wanted["cards"]), len(wanted["revlog"]))
        compare(col, wanted)
        before = counts(col)
        for again in [path, *later]:
            print("another import of", again)
            log = bring_in(col, again)
            assert not log.new and counts(col) == before
            if again != path:
                assert log.updated, "a later export updates"
                for guid, (fields, _) in source(again)["notes"].items():
                    assert col.db.scalar("select flds from notes where guid = ?", guid) == fields
        report, is_whole = col.fix_integrity()
        print("check of the database:", report.strip())
        assert is_whole
        answered = 0
        for card in list(col.find_cards("-is:suspended")):
            col.decks.select(col.get_card(card).did)
            while (shown := col.sched.getCard()) and answered < 50:
                col.sched.answerCard(shown, 3)
                answered += 1
        print("answered", answered, "times; counts", before)
        col.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
