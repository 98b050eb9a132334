// Shipments in trouble, as an executor and carriers report them: one carrier stands still, and a few others each have a story.
import { inTransaction, system } from "#kernel/act.ts"
import { recordActions } from "#incidents/actions.ts"
import { actionBody, cleanAction } from "#incidents/clean.ts"
import { movementBody, recordMovements } from "#incidents/movements.ts"
import { day, type MakeScene, note, person } from "./ago.ts"
import type { Doing, Playing, Stage } from "./play.ts"
import type { Parcel, Scene } from "./scene.ts"

const cities = ["Cali", "Medellín", "Bogotá", "Barranquilla", "Bucaramanga", "Pereira"]
const standing = 22
export const reported = standing + 5

const number = { code: 131026, text: "Message undeliverable" }
const refused = { code: 131009, text: "Parameter value is not valid" }
const broken = { code: null, text: "503 from the carrier's page of tracking" }

/** All of one carrier fail for the same reason, within the hour. */
const outage = (from: number, until: number): Parcel[] =>
  Array.from({ length: until - from }, (_, n) => ({
    guia: `TCC48${from + n + 100}`,
    carrier: "TCC",
    city: cities[(from + n) % cities.length]!,
    estatus: "EN REPARTO",
    idleHours: 5 + ((from + n) % 4) * 24,
    failure: broken,
  }))

type Place = [carrier: string, city: string]

const parcel = (
  guia: string,
  [carrier, city]: Place,
  estatus: string,
  idleHours: number,
  novedad?: string,
): Parcel => ({
  guia,
  carrier,
  city,
  estatus,
  idleHours,
  failure: estatus === "EN OFICINA" ? refused : number,
  ...(novedad && { novedad }),
})

export function parcels(scene: MakeScene): Scene[] {
  const nobody = person(0, "")
  const report = (parcels: Parcel[]) => ({ does: "report", parcels }) as const
  return [
    scene("orders", nobody, "sol", [
      [3 * day, report([parcel("ENV7731204", ["Envía", "Pasto"], "NOVEDAD", 60, "DIRECCION ERRADA")])],
      [3 * day - 39, { does: "take" }],
      [3 * day - 40, { does: "start" }],
      [3 * day - 41, note("La dirección correcta está en el pedido; pedir el reenvío a la transportadora.")],
      [2 * day, { does: "resolve", resolution: "La transportadora corrigió la dirección y entregó." }],
    ]),
    scene("orders", nobody, "bruno", [
      [day + 90, report([parcel("CO90412277", ["Coordinadora", "Neiva"], "NOVEDAD", 130, "DESTINATARIO AUSENTE")])],
      [301, { does: "take" }],
      [300, { does: "start" }],
    ]),
    scene("orders", nobody, "sol", [
      [400, report([parcel("SER2201847", ["Servientrega", "Cúcuta"], "EN OFICINA", 75)])],
      [210, report([parcel("IR24006201", ["Interrapidísimo", "Montería"], "NOVEDAD", 50, "NO CONOCEN DESTINATARIO")])],
      [150, report([parcel("DOM5510936", ["Domina", "Cali"], "EN TRANSITO", 26)])],
      [52, report(outage(0, 9))],
      [31, report(outage(9, standing))],
    ]),
  ]
}

export async function report({ kit, made }: Stage, playing: Playing, { at, parcels }: Doing<"report">) {
  const told = await inTransaction(kit.db, { actor: system, now: at }, async (act) => {
    await recordMovements(
      act,
      kit.secrets,
      parcels.map((one) => movementOf(one, at)),
    )
    return recordActions(
      act,
      parcels.map((one) => cleanAction(kit.secrets, actionOf(one, at))),
      1,
    )
  })
  for (const { ticket } of told) if (ticket) made.tickets.add((playing.ticketId = ticket.ticketId))
}

const movementOf = ({ guia, carrier, city, estatus, novedad, idleHours }: Parcel, at: Date) =>
  movementBody.parse({
    eventId: `evt_${guia}`,
    guia,
    transportadora: carrier,
    estatus,
    novedad,
    ciudad_de_destino: city,
    at: new Date(at.getTime() - idleHours * 3_600_000).toISOString(),
  })

const actionOf = ({ guia, carrier, city, failure: { code, text } }: Parcel, at: Date) =>
  actionBody.parse({
    actionId: `act_${guia}`,
    guia,
    type: "SEND_WHATSAPP",
    status: "FAILED",
    ...(code === null ? { httpCode: 503, retryCount: 3 } : { httpCode: 400, errorCode: code }),
    errorMessage: text,
    at: at.toISOString(),
    metadata: { transportadora: carrier, ciudad_de_destino: city },
  })
