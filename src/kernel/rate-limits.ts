// Counts what may be done so many times in a while: in the database and by its clock, so that parallel tries all count, on
// every server, and a restart loses none.
import { type Database, statement } from "./db.ts"

/** `window`: which of the key's counts it was, to give points back to that one alone. */
export type RateLimitResult = { spent: number; msLeft: number; window: number }

const nowMs = "floor(extract(epoch from clock_timestamp()) * 1000)::bigint"

/** Adds points to the key's count, which ends `seconds` after it began: how many it has, and when it ends. */
export async function consumeRateLimit(
  db: Database,
  key: string,
  seconds: number,
  points = 1,
): Promise<RateLimitResult> {
  const [row] = await db.run<RateLimitResult>(
    statement("spend-points", (p) => {
      const [added, until] = [`${p(points)}::int`, `${nowMs} + ${p(seconds * 1_000)}::bigint`]
      return `insert into rate_limits as l (key, points, expire) values (${p(key)}, ${added}, ${until})
        on conflict (key) do update set
          points = case when l.expire <= ${nowMs} then ${added} else l.points + ${added} end,
          expire = case when l.expire <= ${nowMs} then ${until} else l.expire end
        returning points as spent, greatest(0, expire - ${nowMs}) as "msLeft", expire as "window"`
    }),
  )
  return row!
}

/** Takes points back that were spent and not used; when a `window` is named, only in that one. */
export async function refundRateLimit(
  db: Database,
  key: string,
  points = 1,
  window: number | null = null,
): Promise<void> {
  await db.run(
    statement(
      "return-points",
      (p) => `update rate_limits set points = points - ${p(points)}::int
        where key = ${p(key)} and expire = coalesce(${p(window)}::bigint, expire)`,
    ),
  )
}

/** Is there anything counted for the key that counts still? */
export async function isRateLimitCounted(db: Database, key: string): Promise<boolean> {
  const [row] = await db.run<{ isCounted: boolean }>(
    statement(
      "counted-points",
      (p) =>
        `select exists (select from rate_limits where key = ${p(key)} and points > 0 and expire > ${nowMs}) as "isCounted"`,
    ),
  )
  return row!.isCounted
}
