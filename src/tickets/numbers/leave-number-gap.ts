// Where a backup is brought back, what the desk gave after it is lost, and must not be given to another ticket.
import type { Pool } from "pg"

type Session = Pick<Pool, "query">

/** The last number that the desk in this database gave; 0 where there is none. */
export async function lastNumberGiven(session: Session): Promise<number> {
  const name = "public.ticket_number_seq"
  const { rows } = await session.query<{ isThere: boolean }>(`select to_regclass('${name}') is not null as "isThere"`)
  if (!rows[0]!.isThere) return 0
  return (await session.query<{ last: number }>(`select last_value::float8 as last from ${name}`)).rows[0]!.last
}

const least = 1_000
const most = 1_000_000

/**
 * The next ticket gets a number past those that the desk can have given since `madeAt`: for each day twice as many as on the busiest
 * of the thirty before, a thousand at least; and past `given`, the last one of the desk that stood here.
 */
export async function leaveNumberGap(
  session: Session,
  { madeAt, given }: { madeAt: string; given: number },
): Promise<void> {
  await session.query(
    // As texts: in a damaged desk times may be numbers, of which no day is known.
    `with busiest as (select coalesce(max(n), 0) as n from (select count(*) as n from tickets
        where created_at::text between ($1::timestamptz - interval '30 days')::text and $1::timestamptz::text
        group by left(created_at::text, 10)) days),
      since as (select greatest(1, ceil(extract(epoch from clock_timestamp() - $1::timestamptz) / 86400)) as days)
     select setval('ticket_number_seq', greatest($2::bigint,
       last_value + least(${most}, greatest(${least}, 2 * busiest.n * since.days))::bigint))
     from ticket_number_seq, busiest, since`,
    [madeAt, given],
  )
}
