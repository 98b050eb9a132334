// A desk between a Splynx and a Gestión Real, whose clock stands still; the two jobs are called as a cron calls them.
import assert from "node:assert/strict"
import { agreementCronRoutes, agreementRoutes } from "#agreements/index.ts"
import type { Agreement } from "#agreements/api-contract.ts"
import { openAgreement, type Opening } from "#agreements/open-agreement.ts"
import { recordClosure } from "#agreements/record-closure.ts"
import { macroRoutes } from "#macros/index.ts"
import { changeSetting } from "#settings/index.ts"
import { ticketRoutes } from "#tickets/routes.ts"
import { splynxKey, splynxSecret, startFakeSplynx } from "../fakes/splynx.ts"
import { openSending } from "./sending-desk.ts"
import { acting, type Client, type Desk } from "./test-desk.ts"

const cronSecret = "cron-secret-for-tests"
type Counts = { checked: number; acted: number }
/** As JSON carries it. */
export type AgreementCall = Omit<Agreement, "splynxClosedAt" | "deadline" | "closedAt"> &
  Record<"splynxClosedAt" | "deadline" | "closedAt", string | null>

export async function openAgreementDesk() {
  const doors = (app: Desk["app"], kit: Desk) => {
    agreementRoutes(app, kit)
    agreementCronRoutes(app, kit, cronSecret)
  }
  const sending = await openSending(doors, ticketRoutes, macroRoutes)
  const { desk, ana: admin } = sending
  const splynx = await startFakeSplynx(desk.now)
  const link = async (kind: string, name: string, settings: object) => {
    const { status, body } = await admin.call("POST", "/links/systems", { kind, name, settings })
    assert.equal(status, 201, JSON.stringify(body))
    return String(body["id"])
  }
  const access = { auth: "basic", key: splynxKey, secret: splynxSecret, requestsPerSecond: 1_000 }
  const splynxId = await link("splynx", "Splynx", { baseUrl: splynx.url, ...access })
  const recordId = await link("gestionreal", "Gestión Real", {})
  let last = 100
  const shown = (id: string, who: Client = admin) => show(who, id)
  return {
    ...sending,
    admin,
    splynx,
    splynxId,
    recordId,
    shown,
    set: (name: Parameters<typeof changeSetting>[1], value: unknown) =>
      acting(desk, (act) => changeSetting(act, name, value)),
    look: async (sql: string, values: unknown[] = []) => (await desk.db.pool.query(sql, values)).rows,
    /** A ticket that both have open, with its numbers. */
    opens: async (more: Partial<Opening> = {}) => {
      const number = more.number ?? String(++last)
      const workNumber = more.workNumber === undefined ? splynx.add({ assign_to: "7" }).id : more.workNumber
      const given = {
        systemId: recordId,
        number,
        company: "Fibra Sur",
        openedAt: null,
        receivedAt: desk.now(),
        hookId: last,
      }
      const opening = { ...given, motive: "Sin servicio", customerNumber: "77", ...more, workNumber }
      const made = await acting(desk, (act) => openAgreement(act, opening))
      return { ...made, number, workNumber: workNumber ?? "" }
    },
    /** Gestión Real says that it closed it. */
    closes: (number: string, more: object = {}) => {
      const given = { systemId: recordId, number, company: "Fibra Sur", closedAt: null, receivedAt: desk.now() }
      return acting(desk, (act) => recordClosure(act, { ...given, hookId: ++last, motive: null, ...more }))
    },
    sync: () => cron(desk.app, "sync-tickets-status"),
    check: () => cron(desk.app, "ticket-reopen-checker"),
  }
}

async function show(who: Client, id: string): Promise<AgreementCall> {
  const { status, body } = await who.call("GET", `/agreements/${id}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body as unknown as AgreementCall
}

async function cron(app: Desk["app"], job: string): Promise<Counts> {
  const headers = { authorization: `Bearer ${cronSecret}` }
  const answer = await app.inject({ method: "POST", url: `/api/cron/${job}`, headers })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json<Counts>()
}
