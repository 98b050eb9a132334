// What carriers say of shipments: kept as it comes, read by each carrier's own words.
import { z } from "zod"
import type { Act } from "#kernel/act.ts"
import { plainText } from "#kernel/http/input-fields.ts"
import { mapYielding } from "#kernel/map-without-blocking-event-loop.ts"
import type { Secrets } from "#kernel/secrets.ts"
import { sanitizeRef, sanitizeText, guiaField, moment } from "../reporting/sanitize-input.ts"
import type { Canonical } from "../api-contract.ts"
import { keepMovements, type Movement } from "./tracking-event-store.ts"
import { countUnknown, taughtStatuses } from "./status-mapping-store.ts"
import { canonicalOf, carrierOf, foldStatus, isFinal, type TaughtStatus } from "./status-mapping.ts"
import { repairEncoding } from "./repair-encoding.ts"
import { refShape } from "../reporting/guia-format-and-incident-subject.ts"

const words = plainText(1_000).nullish()

/** Carriers' rows bring what they like: what is not named here is dropped. */
export const movementBody = z.object({
  eventId: z.string().regex(refShape, "must be 1 to 64 letters, digits, _ and -"),
  guia: guiaField,
  transportadora: words,
  estatus: plainText(500, 1),
  novedad: words,
  at: moment,
  ciudad_de_destino: words,
  ultimo_movimiento: words,
  fecha_de_generacion_de_guia: words,
})
export type MovementBody = z.output<typeof movementBody>

export const recordedMovement = z.object({
  eventId: z.string(),
  guia: z.string(),
  stored: z.boolean(),
  canonical: z.string(),
  because: z.string(),
})
export type RecordedMovement = z.infer<typeof recordedMovement>

export async function recordMovements(act: Act, secrets: Secrets, bodies: MovementBody[]): Promise<RecordedMovement[]> {
  const taught = await taughtStatuses(act.tx)
  const rows = await mapYielding(bodies, (body) => movementOf(secrets, body, taught))
  const stored = await keepMovements(act, rows)
  await countUnknown(act, unknownAmong(rows.filter(({ eventId }) => stored.has(eventId))))
  return rows.map(({ eventId, guia, canonical }) => {
    const isNew = stored.delete(eventId)
    return { eventId, guia, stored: isNew, canonical, because: isNew ? "stored" : "known" }
  })
}

function movementOf(secrets: Secrets, body: MovementBody, taught: TaughtStatus): Movement {
  const known = { guias: [body.guia] }
  const text = (given: string | null | undefined) => (given?.trim() ? sanitizeText(repairEncoding(given), known) : null)
  const estatus = sanitizeText(repairEncoding(body.estatus), known)
  const transportadora = text(body.transportadora)
  const [carrier, word] = [carrierOf(transportadora ?? ""), foldStatus(estatus)]
  const canonical = canonicalOf(carrier, word, taught)
  return {
    eventId: sanitizeRef(secrets, body.eventId, known),
    guia: body.guia,
    at: body.at,
    carrier,
    word,
    canonical,
    isFinal: isFinal(canonical, word),
    transportadora,
    estatus,
    ciudadDeDestino: text(body.ciudad_de_destino),
    novedad: text(body.novedad),
    ultimoMovimiento: text(body.ultimo_movimiento),
    fechaDeGeneracionDeGuia: text(body.fecha_de_generacion_de_guia),
  }
}

function unknownAmong(rows: { carrier: string; word: string; canonical: Canonical }[]) {
  const unknown = rows.filter(({ canonical, word }) => canonical === "UNKNOWN" && word !== "")
  return [...Map.groupBy(unknown, ({ carrier, word }) => JSON.stringify([carrier, word])).values()].map((all) => {
    return { carrier: all[0]!.carrier, word: all[0]!.word, times: all.length }
  })
}
