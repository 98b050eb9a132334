// Two acts that meet, as from two servers: the second comes while the first has not committed yet.
import type { Act } from "#kernel/act.ts"
import { acting, type Desk } from "./desks/test-desk.ts"
import { waitUntil } from "./server-process.ts"

/** Commits `first`, and what it does `last`, only once `second` waits for it; gives what became of the second. */
export async function runConcurrently<T>(
  desk: Desk,
  first: (act: Act) => Promise<unknown>,
  second: () => Promise<T>,
  last: (act: Act) => Promise<unknown> = async () => {},
): Promise<T> {
  const late = await acting(desk, async (act) => {
    await first(act)
    const came = second()
    // It may be refused before anybody awaits it; the caller gets that below.
    void Promise.resolve(came).catch(() => {})
    await waitUntil("the second waits for the first", () => somebodyWaits(desk))
    await last(act)
    return { came }
  })
  return late.came
}

/** The same, where the second may also be done without waiting. */
export async function runOverlapped<T>(
  desk: Desk,
  first: (act: Act) => Promise<unknown>,
  second: () => Promise<T>,
): Promise<T> {
  const late = await acting(desk, async (act) => {
    await first(act)
    let isDone = false
    const came = second().finally(() => (isDone = true))
    came.catch(() => {})
    await waitUntil("the second is done, or waits for the first", async () => isDone || (await somebodyWaits(desk)))
    return { came }
  })
  return late.came
}

async function somebodyWaits({ db }: Desk): Promise<boolean> {
  const waits = "datname = current_database() and wait_event_type = 'Lock'"
  const { rows } = await db.pool.query<{ waits: boolean }>(
    `select exists (select from pg_stat_activity where ${waits}) as waits`,
  )
  return rows[0]!.waits
}
