import type { Pool } from "pg"

const positions = 1_000_000

/**
 * The next event gets a position that no copy of this log has reached: where a backup is brought back, browsers hold positions of
 * what was lost, and none of them is given to another event.
 */
export async function leavePositionGap(session: Pick<Pool, "query">): Promise<void> {
  await session.query("update event_readers set position = position + $1 where name = 'sequencer'", [positions])
}
