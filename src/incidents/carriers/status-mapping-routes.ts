// What carriers' words mean: what Hilo knows, what somebody taught it, and what nobody could read yet.
import { z } from "zod"
import { type Act } from "#kernel/act.ts"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import { notFound } from "#kernel/errors.ts"
import { oneLine } from "#kernel/http/input-fields.ts"
import type { Server } from "#kernel/http/server.ts"
import { recordAdminAct } from "#event-log/index.ts"
import { can } from "#people/index.ts"
import { refusePersonalText } from "../reporting/sanitize-input.ts"
import { type Canonical, canonicals } from "../api-contract.ts"
import { mappedStatus, mappingsAnswer } from "./api-contract.ts"
import { carriersAt, reinterpretMovements } from "./tracking-event-store.ts"
import { listTaught, taughtStatuses, teachStatus, unknownWords, unteachStatus } from "./status-mapping-store.ts"
import { canonicalOf, carrierOf, foldStatus, isFinal, knownStatuses } from "./status-mapping.ts"

const path = "/api/v1/carrier-words"
const tags = ["Incidents"]
const name = oneLine(200)
const wordBody = z.strictObject({ carrier: name.optional(), word: oneLine(200, 1), canonical: z.enum(canonicals) })
const wordQuery = z.strictObject({ carrier: name.optional(), word: oneLine(200, 1) })
export function wordRoutes(app: Server, kit: Kit) {
  app.get(
    path,
    {
      config: { access: can.beStaff },
      schema: { tags, summary: "What carriers' status words mean", response: { 200: mappingsAnswer } },
    },
    async () => {
      const [taught, unknown] = await Promise.all([listTaught(kit.db.kysely), unknownWords(kit.db.kysely)])
      const items = [
        ...taught.map(({ carrier, word: text, canonical }) => ({
          carrier,
          word: text,
          canonical,
          source: "taught" as const,
        })),
        ...knownStatuses.map((one) => ({ ...one, source: "known" as const })),
      ]
      return { items, unknown, canonicals: [...canonicals] }
    },
  )
  app.put(
    path,
    {
      config: { access: can.manageSettings },
      schema: {
        tags,
        summary: "Say what a carrier's word means; no carrier: everybody's",
        body: wordBody,
        response: { 200: mappedStatus },
      },
    },
    (request, reply) =>
      runRequest(kit, request, reply, 200, async (act) => {
        refusePersonalText("word", request.body.word, request.body.carrier)
        const place = placeOf(request.body)
        const { canonical } = request.body
        const before = await teachStatus(act, place, canonical)
        await rereadAt(act, place)
        await audit(act, place, before, canonical)
        return { ...place, canonical, source: "taught" as const }
      }),
  )
  app.delete(
    path,
    {
      config: { access: can.manageSettings },
      schema: { tags, summary: "Forget what was taught about a word", querystring: wordQuery },
    },
    (request, reply) =>
      runRequest(kit, request, reply, 204, async (act) => {
        const place = placeOf(request.query)
        const before = await unteachStatus(act, place)
        if (before === null) throw notFound("word that was taught")
        await rereadAt(act, place)
        await audit(act, place, before, null)
      }),
  )
}

type Place = { carrier: string; word: string }

function audit(act: Act, { carrier, word: text }: Place, was: Canonical | null, is: Canonical | null) {
  const name = carrier === "" ? text : `${text} · ${carrier}`
  const about = { subjectId: `${carrier}:${text}`, name, fields: ["name", "canonical"] as const }
  const before = was === null ? {} : { before: { name, canonical: was } }
  const after = is === null ? {} : { after: { name, canonical: is } }
  return recordAdminAct(act, "carrier_word.changed", { ...about, ...before, ...after })
}

const placeOf = ({ carrier, word: text }: { carrier?: string | undefined; word: string }): Place => ({
  carrier: carrier ? carrierOf(carrier) : "",
  word: foldStatus(text),
})

/** Shipments with this status are mapped anew, each by its own carrier. */
async function rereadAt(act: Act, place: Place) {
  const taught = await taughtStatuses(act.tx)
  for (const carrier of await carriersAt(act, place)) {
    const canonical = canonicalOf(carrier, place.word, taught)
    await reinterpretMovements(act, { carrier, word: place.word }, canonical, isFinal(canonical, place.word))
  }
}
