// A desk at which tickets are merged: people of two teams, two connections, and short words for what they do.
import assert from "node:assert/strict"
import { contactRoutes } from "#contacts/index.ts"
import { messageRoutes } from "#channels/api/entry-points/message-routes.ts"
import { contactMergeRoutes } from "#intake/index.ts"
import { insertTickets, ticketRoutes } from "#tickets/index.ts"
import { record } from "#event-log/index.ts"
import { newId } from "#kernel/ids.ts"
import { castOf } from "../desk-users.ts"
import { acting, type Answer, type Client, openDesk } from "./test-desk.ts"
import { openMessageSource } from "./message-source.ts"
import { replyRoutes } from "#replies/index.ts"

let last = 0
export const phone = () => `+5730040000${10 + ++last}`
export const minute = 60_000
export const day = 24 * 60 * minute

export const merge = (who: Client, from: string, into: string, more: object = {}) =>
  who.call("POST", `/tickets/${from}/merge`, { into, ...more })
export const undo = (who: Client, ref: string) => who.call("DELETE", `/tickets/${ref}/merge`)
export const get = async (who: Client, ref: string) => (await who.call("GET", `/tickets/${ref}`)).body
export const refusal = ({ status, body }: Answer) => [status, body["code"]]
export const say = (who: Client, ref: string, body: object) => who.call("POST", `/tickets/${ref}/messages`, body)
export const why = { override: "dos teléfonos de una misma empresa" }

export async function openMergeDesk() {
  const desk = await openDesk((app, kit) => {
    contactRoutes(app, kit)
    ticketRoutes(app, kit)
    replyRoutes(app, kit)
    messageRoutes(app, kit)
    contactMergeRoutes(app, kit)
  })
  const cast = await castOf(desk)
  const { root, ours, source } = cast
  const second = await openMessageSource(desk, { teamIds: [ours] })
  return {
    desk,
    ...cast,
    second,
    writes: async (who = phone(), at = source) => {
      desk.clock.pass(1_000)
      const { ticket } = await at.says(who)
      return { ...ticket!, who }
    },
    /** A ticket made by hand, of nobody yet. */
    byHand: async (teamId: string = ours) => {
      desk.clock.pass(1_000)
      const id = newId("tkt")
      await acting(desk, async (act) => {
        const by = { createdByKind: "user", createdById: root.userId }
        await insertTickets(act, [{ id, kind: "support", status: "open", channel: "phone", teamId, ...by }])
        await record(act, "ticket.created", { ticketId: id })
      })
      return { id }
    },
    ...whatRootDoes(root),
  }
}

function whatRootDoes(root: Client) {
  const done = ({ status, body }: Answer) => {
    assert.equal(status, 200, JSON.stringify(body))
    return body
  }
  return {
    close: (id: string) => root.call("PUT", `/tickets/${id}/status`, { status: "closed" }),
    merged: async (from: string, into: string, more: object = {}) => done(await merge(root, from, into, more)),
    undone: async (ref: string) => done(await undo(root, ref)),
    messagesOf: async (ref: string, who = root) =>
      (await who.call("GET", `/tickets/${ref}/messages?includeInternal=true`)).body["items"] as {
        id: string
        ticketId: string
        content: string
      }[],
    actionsOf: async (ref: string) =>
      ((await root.call("GET", `/tickets/${ref}/timeline`)).body["items"] as { action: string }[]).map(
        (it) => it.action,
      ),
  }
}
