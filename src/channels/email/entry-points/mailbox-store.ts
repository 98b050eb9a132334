// How far each mailbox was read, and which server reads it now.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"

/** One server's right to read a mailbox. `number` rises with each server that takes it. */
export type Lease = { connectionId: string; number: number }

export type MailboxRow = {
  uidValidity: number | null
  lastUid: number
  silentUid: number
  begunAt: Date | null
  reconciledAt: Date | null
  failures: number
}

/** A server that died is followed by another one this late (milliseconds). */
export const leaseMs = 45_000

const until = (now: Date) => new Date(now.getTime() + leaseMs)

/** Takes a mailbox that nobody reads; null when somebody does. Another folder than before begins anew. */
export async function takeLease(
  { kysely }: Database,
  { connectionId, folder, now }: { connectionId: string; folder: string; now: Date },
): Promise<(Lease & { mailbox: MailboxRow }) | null> {
  const { rows } = await sql<MailboxRow & { lease: number }>`
    insert into mailboxes as m (connection_id, folder, lease, leased_until) values (${connectionId}, ${folder}, 1, ${until(now)})
    on conflict (connection_id) do update set lease = m.lease + 1, leased_until = excluded.leased_until, folder = excluded.folder,
      uid_validity = case when m.folder = excluded.folder then m.uid_validity end
    where m.leased_until <= ${now}
    returning lease, uid_validity, last_uid, silent_uid, begun_at, reconciled_at, failures`.execute(kysely)
  const [row] = rows
  if (!row) return null
  const { lease, ...mailbox } = row
  return { connectionId, number: lease, mailbox }
}

/** False when another server has it. */
export async function renewLease({ kysely }: Database, lease: Lease, now: Date): Promise<boolean> {
  return isMine(
    await own(kysely, lease)
      .set({ leasedUntil: until(now) })
      .executeTakeFirst(),
  )
}

/** Another server, or this one, may take it at once. */
export async function releaseLease({ kysely }: Database, lease: Lease): Promise<void> {
  await own(kysely, lease)
    .set({ leasedUntil: sql<Date>`'-infinity'` })
    .executeTakeFirst()
}

const own = (from: Database["kysely"] | Act["tx"], { connectionId, number }: Lease) =>
  from.updateTable("mailboxes").where("connectionId", "=", connectionId).where("lease", "=", number)

const isMine = ({ numUpdatedRows }: { numUpdatedRows: bigint }) => numUpdatedRows > 0n

/** The mailbox is another server's by now: nothing of this one's work may be kept. */
export class LeaseLost extends Error {
  constructor() {
    super("another server reads the mailbox")
  }
}

/** Moves the cursor, in the transaction that stores the mail. Throws `LeaseLost`. */
export async function saveCursor(tx: Act["tx"], lease: Lease, lastUid: number): Promise<void> {
  if (!isMine(await own(tx, lease).set({ lastUid }).executeTakeFirst())) throw new LeaseLost()
}

/** A folder whose ids are others than before: what is in it is known by these from now on, once it was compared with what was taken. */
export async function beginFolder(
  tx: Act["tx"],
  lease: Lease,
  folder: { uidValidity: number; lastUid: number; silentUid: number; begunAt: Date },
): Promise<void> {
  // Where ids last for one connection (0) each one begins the folder anew: tries that failed are still counted.
  const stuckUid = sql<number | null>`case when uid_validity = ${folder.uidValidity} then stuck_uid end`
  const set = { ...folder, reconciledAt: null, stuckUid }
  if (!isMine(await own(tx, lease).set(set).executeTakeFirst())) throw new LeaseLost()
}

/** This mail could not be fetched; how often that happened in a row. Throws `LeaseLost`. */
export async function countStuckTry({ kysely }: Database, lease: Lease, uid: number): Promise<number> {
  const row = await own(kysely, lease)
    .set({ stuckTries: sql<number>`case when stuck_uid = ${uid} then stuck_tries + 1 else 1 end`, stuckUid: uid })
    .returning("stuckTries")
    .executeTakeFirst()
  if (!row) throw new LeaseLost()
  return row.stuckTries
}

/** The mailbox was looked at, and all is well. */
export async function saveCheck({ kysely }: Database, lease: Lease, now: Date): Promise<void> {
  const well = { failures: 0, failingSince: null, failure: null, nextTryAt: sql<Date>`'-infinity'` }
  await own(kysely, lease)
    .set({ checkedAt: now, ...well })
    .execute()
}

export async function saveReconciliation({ kysely }: Database, lease: Lease, now: Date): Promise<void> {
  await own(kysely, lease).set({ reconciledAt: now }).execute()
}

/** It could not be looked at; the lease is given back, for the next to try. */
export async function saveFailure(
  { kysely }: Database,
  lease: Lease,
  { failure, waitMs, now }: { failure: string; waitMs: number; now: Date },
): Promise<void> {
  await own(kysely, lease)
    .set({
      failure,
      failures: sql<number>`failures + 1`,
      failingSince: sql<Date>`coalesce(failing_since, ${now})`,
      failedAt: now,
      nextTryAt: new Date(now.getTime() + waitMs),
      leasedUntil: sql<Date>`'-infinity'`,
    })
    .execute()
}

/** Connections whose mailbox may be tried now: other settings deserve a try at once. */
export async function mailboxesToRead(
  { kysely }: Database,
  kind: string,
  now: Date,
): Promise<{ id: string; updatedAt: Date }[]> {
  const { rows } = await sql<{ id: string; updatedAt: Date }>`
    select c.id, c.updated_at from connections c left join mailboxes m on m.connection_id = c.id
    where c.kind = ${kind} and c.enabled and c.deleted_at is null
      and (m.next_try_at is null or m.next_try_at <= ${now} or c.updated_at > m.failed_at)
    order by c.id`.execute(kysely)
  return rows
}
