// Everybody who may come to a desk, and one of each thing that they may see or not: for the access matrix.
import assert from "node:assert/strict"
import { contactOfIdentity, identityOf } from "#contacts/index.ts"
import { inTransaction, system } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import { tokenHash } from "#kernel/secrets.ts"
import { createKey, createTeam, createUser, disableUser, type Role } from "#people/index.ts"
import { changeSetting } from "#settings/index.ts"
import { app, sampleSource } from "./bad-input/app-and-valid-bodies-for-all-routes.ts"
import { type Answer, call, type Client } from "./desks/test-desk.ts"

const acting = <T>(work: Parameters<typeof inTransaction<T>>[2]) =>
  inTransaction(app.db, { actor: system, now: app.now() }, work)
// What is counted by the hour is no part of who may.
await acting((act) =>
  changeSetting(act, "quotas", {
    customerTickets: 10_000,
    customerMessages: 10_000,
    customerUnsentMegabytes: 200,
    staffWrites: 1_000_000,
  }),
)

export type Call = Client["call"]
const through =
  (authorization: string): Call =>
  (method, url, body) =>
    call(app.app, method, url, body, { authorization })
const account = (name: string, role: Role) =>
  acting((act) => createUser(act, { email: `${name}.matrix@example.com`, name, role }))
const keyOf = async (userId: string, role: Role, connectionIds: string[] = []) =>
  through(`Bearer ${(await acting((act) => createKey(act, { name: "k", role, userId, connectionIds }))).key}`)

const [carla, damian] = [await account("carla", "user"), await account("damian", "user")]
const [ana, bruno] = [await account("ana", "agent"), await account("bruno", "agent")]
const [sol, lena, root] = [await account("sol", "lead"), await account("lena", "lead"), await account("root", "admin")]
const [source, off] = [await account("source", "agent"), await account("off", "admin")]
export const ours = await acting((act) => createTeam(act, { name: "Nuestro", memberIds: [ana.id], leadIds: [sol.id] }))
export const theirs = await acting((act) =>
  createTeam(act, { name: "Suyo", memberIds: [bruno.id], leadIds: [lena.id] }),
)

/** Signed in as at a screen: the session is written down as signing in would. */
async function screenOf(userId: string): Promise<Call> {
  const token = `ses_${newId("t")}`
  await app.db.pool.query(
    "insert into sessions (token_hash, user_id, created_at, expires_at) values ($1, $2, now(), now() + interval '1 day')",
    [tokenHash(token), userId],
  )
  const headers = { cookie: `hilo_session=${token}`, "sec-fetch-site": "same-origin" }
  return (method, url, body) => call(app.app, method, url, body, headers)
}

export type Person = { role: Role; isKey: boolean; id: string; call: Call }
const person = async (user: { id: string }, role: Role): Promise<Person> => ({
  role,
  isKey: false,
  id: user.id,
  call: await screenOf(user.id),
})
export const people: Record<string, Person> = {
  customer: await person(carla, "user"),
  "other customer": await person(damian, "user"),
  agent: await person(ana, "agent"),
  "agent of another team": await person(bruno, "agent"),
  lead: await person(sol, "lead"),
  "lead of another team": await person(lena, "lead"),
  admin: await person(root, "admin"),
  "an agent's key": { role: "agent", isKey: true, id: ana.id, call: await keyOf(ana.id, "agent") },
  "an agent's key that was lowered": { role: "user", isKey: true, id: ana.id, call: await keyOf(ana.id, "user") },
  "a connection's key": {
    role: "agent",
    isKey: true,
    id: source.id,
    call: await keyOf(source.id, "agent", [sampleSource.id]),
  },
}

const ofDisabled = [await keyOf(off.id, "admin"), await screenOf(off.id)]
await acting((act) => disableUser(act, off.id))
/** Nobody to the API: each is answered as a stranger is. */
export const nobodies: Record<string, Call> = {
  "a visitor of a chat": through(`Bearer vis_${"a".repeat(43)}`),
  "a disabled account's key": ofDisabled[0]!,
  "a disabled account's browser": ofDisabled[1]!,
}

export const done = (answer: Answer) => {
  assert.ok(answer.status < 300, JSON.stringify(answer.body))
  return String(answer.body["id"])
}
const contactFor = async (email: string) => {
  await people["admin"]!.call("POST", "/contacts", { name: email, identities: [{ kind: "email", value: email }] })
  return (await acting((act) => contactOfIdentity(act, identityOf(email, { kind: "email", scope: "" })!)))!
}
await contactFor(carla.email)
await contactFor(damian.email)

const opened = async (email: string, teamId: string) =>
  done(
    await people["admin"]!.call("POST", "/tickets", {
      subject: "Pedido",
      description: "hola",
      teamId,
      contact: { email },
    }),
  )

/** Each makes a new ticket; and who sees it. */
export const tickets: Record<string, { make: () => Promise<string>; seenBy: string[] }> = {
  "of the customer, in our team": {
    make: () => opened(carla.email, ours.id),
    seenBy: ["customer", "agent", "lead", "admin", "an agent's key"],
  },
  "of another customer, in our team": {
    make: () => opened(damian.email, ours.id),
    seenBy: ["other customer", "agent", "lead", "admin", "an agent's key"],
  },
  "of another customer, in another team": {
    make: () => opened(damian.email, theirs.id),
    seenBy: ["other customer", "agent of another team", "lead of another team", "admin"],
  },
  "merged into another of the customer": {
    make: async () => {
      const [from, into] = [await opened(carla.email, ours.id), await opened(carla.email, ours.id)]
      done(await people["admin"]!.call("POST", `/tickets/${from}/merge`, { into }))
      return from
    },
    seenBy: ["customer", "agent", "lead", "admin", "an agent's key"],
  },
  "that is not there": { make: async () => newId("tkt"), seenBy: [] },
}
