// What somebody taught Hilo of carriers' status words, and the words that nobody could read yet.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import type { Canonical } from "../api-contract.ts"
import { type TaughtStatus, taughtStatusKey } from "./status-mapping.ts"

type Word = { carrier: string; word: string }

export async function taughtStatuses(from: Database["kysely"]): Promise<TaughtStatus> {
  const rows = await from.selectFrom("carrierStatuses").select(["carrier", "word", "canonical"]).execute()
  return new Map(rows.map(({ carrier, word, canonical }) => [taughtStatusKey(carrier, word), canonical]))
}

export async function countUnknown(act: Act, words: (Word & { times: number })[]): Promise<void> {
  if (words.length === 0) return
  await sql`
    insert into unknown_carrier_statuses as u (carrier, word, times, first_seen_at, last_seen_at)
    select w.carrier, w.word, w.times, ${act.now}::timestamptz, ${act.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(words)}::jsonb) as w (carrier text, word text, times int) order by 1, 2
    on conflict (carrier, word) do update set times = u.times + excluded.times, last_seen_at = excluded.last_seen_at`.execute(
    act.tx,
  )
}

export async function unknownWords(from: Database["kysely"]) {
  return from
    .selectFrom("unknownCarrierStatuses")
    .selectAll()
    .orderBy("times", "desc")
    .orderBy("word")
    .limit(500)
    .execute()
}

export async function listTaught(from: Database["kysely"]) {
  return from
    .selectFrom("carrierStatuses")
    .select(["carrier", "word", "canonical", "updatedAt"])
    .orderBy("carrier")
    .orderBy("word")
    .execute()
}

async function taughtAs(act: Act, { carrier, word }: Word): Promise<Canonical | null> {
  const row = await act.tx
    .selectFrom("carrierStatuses")
    .select("canonical")
    .where("carrier", "=", carrier)
    .where("word", "=", word)
    .forUpdate()
    .executeTakeFirst()
  return row?.canonical ?? null
}

/** Teaches a word; shipments that stand at it mean something else from now on. Gives what was taught before. */
export async function teachStatus(act: Act, { carrier, word }: Word, canonical: Canonical): Promise<Canonical | null> {
  const before = await taughtAs(act, { carrier, word })
  await act.tx
    .insertInto("carrierStatuses")
    .values({ carrier, word, canonical, updatedAt: act.now })
    .onConflict((c) => c.columns(["carrier", "word"]).doUpdateSet({ canonical, updatedAt: act.now }))
    .execute()
  const known = act.tx.deleteFrom("unknownCarrierStatuses").where("word", "=", word)
  await (carrier === "" ? known : known.where("carrier", "=", carrier)).execute()
  return before
}

/** Gives what was taught; null when nothing was. */
export async function unteachStatus(act: Act, { carrier, word }: Word): Promise<Canonical | null> {
  const gone = await act.tx
    .deleteFrom("carrierStatuses")
    .where("carrier", "=", carrier)
    .where("word", "=", word)
    .returning("canonical")
    .executeTakeFirst()
  return gone?.canonical ?? null
}
