"""Hours reach the client of their ticket however its number is written, and never the client of another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.properties.made import Sheet, scaled
from tests.properties.test_figures import built

WAYS = ("{0}", "#{0}", "# {0}", "Ticket #{0}", "{0}.0", "{0},0", "000{0}", "{0:,}", "\N{NO-BREAK SPACE}{0}", "INC{0}")
Entry = tuple[int, str]
"""The ticket that is meant, and how the entry writes it."""


@st.composite
def desks(draw: st.DrawFn) -> tuple[list[str], list[Entry], bool]:
    """Numbers of tickets as their file writes them, each a client's own; entries that write them in any way; and
    whether the last ticket's number is the first one's but for how it is written."""
    numbers = draw(st.lists(st.integers(1, 2_000_000), min_size=1, max_size=6, unique=True))
    way = draw(st.sampled_from(["{0}", "{0:,}", "{0:07}", "#{0}"]))
    has_twin = draw(st.booleans())
    tickets = [way.format(number) for number in numbers] + ([f"00{numbers[0]}"] if has_twin else [])
    meant = draw(st.lists(st.tuples(st.integers(0, len(numbers) - 1), st.sampled_from(WAYS)), min_size=1, max_size=8))
    return list(dict.fromkeys(tickets)), [(place, form.format(numbers[place])) for place, form in meant], has_twin


@scaled(6)
@given(desks())
def test_hours_reach_their_own_ticket_or_are_counted(desk: tuple[list[str], list[Entry], bool]) -> None:
    tickets, entries, has_twin = desk
    opened = tuple((ticket, f"Client {place}", "2025-03-03 09:00") for place, ticket in enumerate(tickets))
    worked = tuple(("2025-03-04", "Ann", text, str(place + 1)) for place, (_, text) in enumerate(entries))
    files = [
        Sheet("tickets.csv", "tickets", opened, header=("ticket_id", "client", "opened_at")),
        Sheet("time.csv", "time_entries", worked, header=("worked_on", "technician", "ticket_id", "hours")),
    ]
    with built(files) as con:
        found = con.execute("""select labour.client_key, checked.ticket_id is not null
            from core.fct_labour as labour
            inner join staging.time_entries as entry using (load_id, row_number)
            left join checks.entries_of_tickets_in_no_file as checked using (ticket_id)
            order by row_number""").fetchall()
    assert len(found) == len(entries)
    for (client, is_lost), (place, text) in zip(found, entries, strict=True):
        assert (client is None) == is_lost
        if text in tickets:
            assert client == f"client {tickets.index(text)}"
        elif text.startswith("INC") or (has_twin and place == 0 and len(tickets) > 1):
            assert client in (None, f"client {place}")
        else:
            assert client == f"client {place}", (text, tickets)
