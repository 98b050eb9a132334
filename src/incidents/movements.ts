// What carriers say of parcels: kept as it comes, read by each carrier's own words.
import { z } from "zod"
import type { Act } from "#kernel/act.ts"
import { plainText } from "#kernel/fields.ts"
import { inTurns } from "#kernel/turns.ts"
import type { Secrets } from "#kernel/secrets.ts"
import { cleanRef, cleanText, guiaField, moment } from "./clean.ts"
import type { Canonical } from "./contract.ts"
import { countUnknown, keepMovements, type Movement, taughtWords } from "./store/movements.ts"
import { canonicalOf, carrierOf, foldWord, isFinal, type Taught } from "./words.ts"
import { mended } from "./mojibake.ts"
import { refShape } from "./fingerprint.ts"

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

export const movementTold = z.object({
  eventId: z.string(),
  guia: z.string(),
  stored: z.boolean(),
  canonical: z.string(),
  because: z.string(),
})
export type MovementTold = z.infer<typeof movementTold>

export async function recordMovements(act: Act, secrets: Secrets, bodies: MovementBody[]): Promise<MovementTold[]> {
  const taught = await taughtWords(act.tx)
  const rows = await inTurns(bodies, (body) => movementOf(secrets, body, taught))
  const stored = await keepMovements(act, rows)
  await countUnknown(act, unknownAmong(rows.filter(({ eventId }) => stored.has(eventId))))
  return rows.map(({ eventId, guia, canonical }) => {
    const isNew = stored.delete(eventId)
    return { eventId, guia, stored: isNew, canonical, because: isNew ? "stored" : "known" }
  })
}

function movementOf(secrets: Secrets, body: MovementBody, taught: Taught): Movement {
  const known = { guias: [body.guia] }
  const text = (given: string | null | undefined) => (given?.trim() ? cleanText(mended(given), known) : null)
  const estatus = cleanText(mended(body.estatus), known)
  const transportadora = text(body.transportadora)
  const [carrier, word] = [carrierOf(transportadora ?? ""), foldWord(estatus)]
  const canonical = canonicalOf(carrier, word, taught)
  return {
    eventId: cleanRef(secrets, body.eventId, known),
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
