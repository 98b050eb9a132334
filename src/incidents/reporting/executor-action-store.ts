import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { SanitizedAction } from "./sanitize-input.ts"

export type ActionRow = Pick<
  SanitizedAction,
  "actionId" | "guia" | "type" | "status" | "at" | "retryCount" | "phoneHash"
> & {
  httpCode: number | null
  errorCode: number | null
  errorClass: string | null
}

/** Keeps what was tried. Of two reports of one action the later one counts, at the same instant the failure. */
export async function keepActions(act: Act, rows: ActionRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into shipment_actions as kept (action_id, guia, type, status, at, http_code, error_code, error_class, retry_count,
      phone_hash, created_at)
    select distinct on (a."actionId") a."actionId", a.guia, a.type, a.status, a.at, a."httpCode", a."errorCode", a."errorClass",
      a."retryCount", a."phoneHash", ${act.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as a ("actionId" text, guia text, type text, status text,
      at timestamptz, "httpCode" int, "errorCode" int, "errorClass" text, "retryCount" int, "phoneHash" text)
    order by a."actionId", a.at desc, a.status
    on conflict (action_id) do update set guia = excluded.guia, type = excluded.type, status = excluded.status,
      at = excluded.at, http_code = excluded.http_code, error_code = excluded.error_code, error_class = excluded.error_class,
      retry_count = excluded.retry_count, phone_hash = coalesce(excluded.phone_hash, kept.phone_hash)
    where excluded.at > kept.at or (excluded.at = kept.at and excluded.status = 'FAILED')`.execute(act.tx)
}

export type ShipmentRow = {
  guia: string
  canonical: string
  isFinal: boolean
  movedAt: Date
  transportadora: string | null
  estatus: string | null
  ciudadDeDestino: string | null
  novedad: string | null
}

/** What is known of these shipments now. */
export async function shipmentsOf(act: Act, guias: string[]): Promise<Map<string, ShipmentRow>> {
  if (guias.length === 0) return new Map()
  const rows = await sql<ShipmentRow>`
    select guia, canonical, is_final, moved_at, transportadora, estatus, ciudad_de_destino, novedad
    from shipments where guia = any(${guias})`.execute(act.tx)
  return new Map(rows.rows.map((row) => [row.guia, row]))
}
