// A desk whose tickets are tracked: by HTTP, by the pages as browsers without scripts use them, and by mailed links.
import assert from "node:assert/strict"
import { chatRoutes } from "#channels/webchat/entry-points/chat-routes.ts"
import { chatFileRoutes } from "#channels/webchat/entry-points/file-routes.ts"
import { contactRoutes } from "#contacts/index.ts"
import { sequenceAll } from "#event-log/index.ts"
import { fileRoutes } from "#files/index.ts"
import { createLog } from "#kernel/log.ts"
import { sendDueMails } from "#kernel/mail/mail-queue.ts"
import type { OutgoingEmail } from "#kernel/mail/mail-transport.ts"
import { createTeam } from "#people/index.ts"
import { replyRoutes } from "#replies/index.ts"
import { surveyOfTicket } from "#surveys/index.ts"
import { mayReadFile, ticketRoutes } from "#tickets/index.ts"
import { trackingMailWriters, trackingRoutes } from "#tracking/index.ts"
import { recordCustomerEmails, sendCustomerEmails } from "../../src/notifications/record-and-send-customer-emails.ts"
import { openMessageSource } from "./message-source.ts"
import { acting, call, type Client, type Desk, member, openDesk } from "./test-desk.ts"

export async function openTracking() {
  await import("../../bin/build-web.ts")
  const desk = await openDesk((app, kit) => {
    for (const register of [contactRoutes, replyRoutes, ticketRoutes, chatRoutes, chatFileRoutes]) register(app, kit)
    fileRoutes(app, kit, mayReadFile)
    trackingRoutes(app, kit, surveyOfTicket)
  })
  const ana = await member(desk, { email: "ana@example.com", name: "Ana Agente", role: "admin" })
  await acting(desk, (act) => createTeam(act, { name: "Soporte", isDefault: true, memberIds: [ana.userId] }))
  return {
    desk,
    ana,
    ...staffCalls(ana),
    ...customerCalls(desk),
    visitor: () => visitor(desk),
    look: async (sql: string, values: unknown[] = []) => (await desk.db.pool.query(sql, values)).rows,
    /** As once a lead has said that the address is its contact's. */
    confirm: (value: string) =>
      desk.db.pool.query("update contact_identities set confirmed_for = contact_id where value = $1", [value]),
    clearLimits: () => desk.db.pool.query("delete from rate_limits"),
  }
}

let people = 0

const staffCalls = (ana: Client) => ({
  opened: async (more: object = {}) => {
    const email = `eva${++people}@example.com`
    const contact = { email, name: "Eva Pérez" }
    const asked = { subject: "Caja rota", contact, language: "en", ...more }
    const { status, body } = await ana.call("POST", "/tickets", asked)
    assert.equal(status, 201, JSON.stringify(body))
    return { id: String(body["id"]), number: String(body["number"]), email }
  },
  moves: (id: string, status: string, more: object = {}) =>
    ana.call("PUT", `/tickets/${id}/status`, { status, ...more }),
  says: (id: string, content: string, more: object = {}) =>
    ana.call("POST", `/tickets/${id}/messages`, { content, ...more }),
})

/** Somebody in a chat of their own who has a token. */
async function visitor(desk: Desk) {
  const chat = await openMessageSource(desk, { kind: "webchat" })
  const ask = async (path: string, body: object, headers: object = {}) => {
    const url = `/chat/${chat.id}/${path}`
    const answer = await desk.app.inject({ method: "POST", url, payload: body, headers: { ...headers } })
    return { status: answer.statusCode, body: answer.json<Record<string, string>>() }
  }
  const { token } = (await ask("visitor", {})).body
  const authorization = `Bearer ${token}`
  return {
    chat: chat.id,
    ask,
    say: (text: string) => ask("messages", { clientId: `client-${++people}`, text }, { authorization }),
    openTicket: (body: object, key = `key-${++people}`) =>
      ask("tickets", body, { authorization, "accept-language": "en", "idempotency-key": key }),
  }
}

/** As a browser does it by itself, and what stands on the page; a form comes from our own page unless `headers` say otherwise. */
async function page(
  desk: Desk,
  method: "GET" | "POST" | "HEAD",
  url: string,
  form?: Record<string, string> | FormData,
  headers: object = {},
) {
  const body = form && new Response(form instanceof FormData ? form : new URLSearchParams(form))
  const sent = body && { payload: Buffer.from(await body.arrayBuffer()) }
  const type = body && { "content-type": body.headers.get("content-type")!, origin: desk.publicUrl }
  const all = { "accept-language": "en", ...type, ...headers }
  const answer = await desk.app.inject({ method, url, ...sent, headers: all })
  const [, content = answer.body] = /<main>([^]*)<\/main>/.exec(answer.body) ?? []
  return { statusCode: answer.statusCode, headers: answer.headers, body: content }
}

async function mails(desk: Desk) {
  const left: OutgoingEmail[] = []
  const post = { send: async (mail: OutgoingEmail) => void left.push(mail) }
  while (await sendDueMails(desk, createLog("silent"), { post, writers: trackingMailWriters(desk.publicUrl) }));
  return left
}

function customerCalls(desk: Desk) {
  const askLink = (number: string, email: string) => call(desk.app, "POST", "/track/link", { number, email })
  const openLink = async (token: string) => {
    const { statusCode: status, headers } = await page(desk, "POST", `/track/open/${token}`, {})
    return { status, cookie: String(headers["set-cookie"] ?? "").split(";")[0]!, headers }
  }
  return {
    track: async (number: string, email: string, remoteAddress = "203.0.113.7") => {
      const sent = { payload: JSON.stringify({ number, email }), headers: { "content-type": "application/json" } }
      const answer = await desk.app.inject({ method: "POST", url: "/api/v1/track", ...sent, remoteAddress })
      const { requestId: _, ...body } = answer.json<Record<string, unknown>>()
      return { status: answer.statusCode, body, headers: answer.headers }
    },
    page: (...asked: Shift<Parameters<typeof page>>) => page(desk, ...asked),
    mails: () => mails(desk),
    askLink,
    openLink,
    /** What is mailed to an address once every batch was sent. */
    mailedTo: async (email: string) => {
      await sequenceAll(desk.db)
      while (await recordCustomerEmails(desk));
      desk.clock.pass(60_000)
      while (await sendCustomerEmails(desk, desk.publicUrl));
      return (await mails(desk)).filter(({ to }) => to === email)
    },
    /** The cookie of a browser that used the link mailed to that address of the ticket. */
    linkTo: async (ticket: { number: string; email: string }) => {
      await askLink(ticket.number, ticket.email)
      return (await openLink(tokenIn((await mails(desk))[0]))).cookie
    },
  }
}

type Shift<T> = T extends [unknown, ...infer Rest] ? Rest : never

export const tokenIn = (mail: OutgoingEmail | undefined) =>
  /\/track\/open\/(trk_[\w-]{43})\n/.exec(mail?.text ?? "")?.[1] ?? "none"
