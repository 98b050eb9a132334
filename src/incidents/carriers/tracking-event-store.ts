import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Canonical } from "../api-contract.ts"

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
