import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import type { Canonical } from "../contract.ts"
import { type TaughtStatus, taughtStatusKey } from "./status-mapping.ts"

export type Movement = {
  eventId: string
  guia: string
  at: Date
  carrier: string
  word: string
  canonical: Canonical
  isFinal: boolean
  transportadora: string | null
  estatus: string
  ciudadDeDestino: string | null
  novedad: string | null
  ultimoMovimiento: string | null
  fechaDeGeneracionDeGuia: string | null
}

const columns = sql`jsonb_to_recordset`
const shape = sql`m ("eventId" text, guia text, at timestamptz, carrier text, word text, canonical text, "isFinal" boolean,
  transportadora text, estatus text, "ciudadDeDestino" text, novedad text, "ultimoMovimiento" text,
  "fechaDeGeneracionDeGuia" text)`

/** Keeps what carriers reported, each report once; gives the ids that are new. The newest one is what the shipment is now. */
export async function keepMovements(act: Act, rows: Movement[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const given = sql`${columns}(${JSON.stringify(rows)}::jsonb) as ${shape}`
  const kept = await sql<{ eventId: string }>`
    insert into tracking_events (event_id, guia, at, carrier, word, canonical, created_at)
    select "eventId", guia, at, carrier, word, canonical, ${act.now}::timestamptz from ${given} order by "eventId"
    on conflict do nothing returning event_id`.execute(act.tx)
  await sql`
    insert into shipments as s (guia, carrier, word, canonical, is_final, transportadora, estatus, ciudad_de_destino, novedad,
      ultimo_movimiento, fecha_de_generacion_de_guia, moved_at, event_id, updated_at)
    select distinct on (guia) guia, carrier, word, canonical, "isFinal", transportadora, estatus, "ciudadDeDestino", novedad,
      "ultimoMovimiento", "fechaDeGeneracionDeGuia", at, "eventId", ${act.now}::timestamptz
    from ${given} order by guia, at desc, "eventId" desc
    on conflict (guia) do update set carrier = excluded.carrier, word = excluded.word, canonical = excluded.canonical,
      is_final = excluded.is_final, transportadora = coalesce(excluded.transportadora, s.transportadora), estatus = excluded.estatus,
      ciudad_de_destino = coalesce(excluded.ciudad_de_destino, s.ciudad_de_destino), novedad = excluded.novedad,
      ultimo_movimiento = excluded.ultimo_movimiento,
      fecha_de_generacion_de_guia = coalesce(excluded.fecha_de_generacion_de_guia, s.fecha_de_generacion_de_guia),
      moved_at = excluded.moved_at, event_id = excluded.event_id, updated_at = excluded.updated_at
    where excluded.moved_at >= s.moved_at and (excluded.moved_at, excluded.event_id) is distinct from (s.moved_at, s.event_id)`.execute(
    act.tx,
  )
  return new Set(kept.rows.map(({ eventId }) => eventId))
}

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

/** The carriers whose shipments stand at a word now. */
export async function carriersAt(act: Act, { carrier, word }: Word): Promise<string[]> {
  const rows = await sql<{ carrier: string }>`
    select distinct carrier from shipments where word = ${word} and (${carrier} = '' or carrier = ${carrier})`.execute(
    act.tx,
  )
  return rows.rows.map((row) => row.carrier)
}

export async function reinterpretMovements(
  act: Act,
  { carrier, word }: Word,
  canonical: Canonical,
  isFinal: boolean,
): Promise<void> {
  await act.tx
    .updateTable("shipments")
    .set({ canonical, isFinal, updatedAt: act.now })
    .where("carrier", "=", carrier)
    .where("word", "=", word)
    .execute()
}
