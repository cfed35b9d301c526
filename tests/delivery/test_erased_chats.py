"""What waits in memory for a chat that was erased is not sent."""

from __future__ import annotations

from bot.delivery.sender import SURE_S
from tests.delivery.loopback import Loopback
from tests.delivery.office import Office


def sent(server: Loopback) -> list[str]:
    return [str(call.params.get("text")) for call in server.calls if call.method == "sendMessage"]


async def test_a_row_that_was_held_back_is_looked_up_before_it_goes(office: Office, server: Loopback) -> None:
    from bot.delivery.bucket import Rates

    office.restart(Rates(overall_per_s=1e6, overall_burst=1e6, chat_per_s=1 / (SURE_S + 1), chat_burst=1.0))
    first, second = await office.put(1, "one", "two")
    office.sender.offer([first, second])
    await office.until_waiting(1)
    await office.store.write(lambda tx: tx.erase_chat(1, "e", office.clock.now()))
    office.ticker.advance(SURE_S + 2)
    await office.sender.idle()
    await office.until_waiting(0)
    assert sent(server) == ["one"]


async def test_what_was_held_back_and_is_still_wanted_goes(office: Office, server: Loopback) -> None:
    from bot.delivery.bucket import Rates

    office.restart(Rates(overall_per_s=1e6, overall_burst=1e6, chat_per_s=1 / (SURE_S + 1), chat_burst=1.0))
    office.sender.offer(await office.put(1, "one", "two"))
    await office.until_waiting(1)
    office.ticker.advance(SURE_S + 2)
    await office.until_waiting(0)
    assert sent(server) == ["one", "two"]


async def test_the_last_words_go_and_what_waited_before_them_does_not(office: Office, server: Loopback) -> None:
    """The words that say so come with the erasure, and behind what still waited."""
    from bot.delivery.bucket import Rates

    office.restart(Rates(overall_per_s=1e6, overall_burst=1e6, chat_per_s=1.0, chat_burst=1.0))
    office.sender.offer(await office.put(1, "one", "two", "three"))
    await office.until_waiting(2)
    await office.store.write(lambda tx: tx.erase_chat(1, "e", office.clock.now()))
    office.sender.offer(await office.put(1, "erased"))
    office.ticker.advance(1.5)
    await office.until_waiting(0)
    assert sent(server) == ["one", "erased"]
