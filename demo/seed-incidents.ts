// A bad day for shipments: a carrier whose numbers went wrong, a provider that was down, and shipments that stand still.
import { inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { checkStuckShipments, sanitizeAction, recordActions, recordMovements } from "#incidents/index.ts"

const minute = 60_000
const hour = 60 * minute
const cities = ["MEDELLÍN", "CALI", "BARRANQUILLA", "BUCARAMANGA", "PASTO"]
const carriers = ["ENVIA", "INTERRAPIDISIMO", "TCC", "COORDINADORA", "SERVIENTREGA"]
const stands = ["RECLAME EN OFICINA", "NOVEDAD", "EN REPARTO", "EN BODEGA DESTINO", "EN TERMINAL DESTINO"]

export async function seedIncidents(kit: Pick<Kit, "db" | "secrets">, now: Date): Promise<void> {
  const acting = { actor: system, now }
  await inTransaction(kit.db, acting, async (act) => {
    const ago = (ms: number) => new Date(now.getTime() - ms)
    await recordMovements(
      act,
      kit.secrets,
      Array.from({ length: 24 }, (_, i) => stuckShipment(i, ago)),
    )
    const failed = [
      ...Array.from({ length: 45 }, (_, i) => refused(i, ago)),
      ...Array.from({ length: 9 }, (_, i) => unanswered(i, ago)),
    ]
    const sent = Array.from({ length: 24 }, (_, i) => arrived(i, ago))
    await recordActions(
      act,
      [...failed, ...sent].map((body) => sanitizeAction(kit.secrets, body)),
      { depth: 1, mayStop: () => true },
    )
  })
  await checkStuckShipments({ ...kit, now: () => now })
}

type TimeBefore = (ms: number) => Date
const guia = (kind: number, i: number) => `${kind}${String(41_178_069 + i * 37).padStart(10, "0")}`
const nth = <T>(list: readonly T[], i: number) => list[i % list.length]!

function stuckShipment(i: number, ago: TimeBefore) {
  const estatus = nth(stands, i)
  return {
    eventId: `demo_ev_${i}`,
    guia: guia(24, i),
    transportadora: nth(carriers, i),
    estatus,
    novedad: estatus === "NOVEDAD" ? "DESTINATARIO AUSENTE" : null,
    ciudad_de_destino: nth(cities, i),
    ultimo_movimiento: estatus,
    at: ago((60 + i * 5) * hour),
  }
}

const attempt = { type: "SEND_WHATSAPP", status: "FAILED" as const }

/** One carrier's list came without a digit: WhatsApp cannot deliver to any of its numbers. */
const refused = (i: number, ago: TimeBefore) => ({
  ...attempt,
  actionId: `demo_refused_${i}`,
  guia: guia(14, i),
  httpCode: 400,
  errorCode: 131026,
  errorMessage: "Message undeliverable",
  at: ago(50 * minute - i * minute),
  metadata: { transportadora: "ENVIA", ciudad_de_destino: nth(cities, i), estatus: "EN REPARTO" },
})

const unanswered = (i: number, ago: TimeBefore) => ({
  ...attempt,
  actionId: `demo_down_${i}`,
  guia: guia(70, i),
  httpCode: 503,
  errorMessage: "Service unavailable",
  retryCount: 2 + (i % 3),
  at: ago(20 * minute - i * minute),
  metadata: { transportadora: nth(carriers, i), ciudad_de_destino: nth(cities, i) },
})

const arrived = (i: number, ago: TimeBefore) => ({
  ...attempt,
  status: "SUCCESS" as const,
  actionId: `demo_sent_${i}`,
  guia: guia(24, i),
  at: ago((49 + i) * hour),
})
