// A thief with an administrator's API key, a mailbox of their own and a customer's account walks at random over accounts,
// invitations, links, passwords, keys, contacts, their addresses and merges, while an administrator goes about their work.
// Whatever they do, in whatever order: nothing that they hold ever opens more than what somebody gave them, no word to an honest
// customer among it, and with the key revoked it opens no desk.
import assert from "node:assert/strict"
import { test } from "node:test"
import { createKey, createUser, revokeKey, type Role, roles, peopleRoutes } from "#people/index.ts"
import { contactRoutes } from "#contacts/index.ts"
import { messageRoutes } from "#channels/api/entry-points/message-routes.ts"
import { contactMergeRoutes } from "#intake/index.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { cheapPasswordHash } from "./cheap-password-hash.ts"
import { acting, type Answer, atScreen, call, cookieOf, openDesk, password } from "./desks/test-desk.ts"
import { type Chance, chanceOf } from "./seeded-random.ts"
import { answerAboutAddresses } from "./customers-answer-about-addresses.ts"
import { mailsOf } from "./sign-in-mails.ts"
import { seed } from "./fast-check-seed.ts"

const walks = 6
const stepsPerWalk = 60

const desk = await openDesk((app, kit) => {
  peopleRoutes(app, kit)
  contactRoutes(app, kit)
  messageRoutes(app, kit)
  contactMergeRoutes(app, kit)
  ticketRoutes(app, kit)
})
const own = { origin: desk.publicUrl }
const knownToThief = "the thief knows this one"
const passwordHash = cheapPasswordHash(password)

/** What the thief holds: headers that may open something, and tokens of links that came to their mailbox. */
type Loot = { headers: Record<string, string>[]; tokens: string[]; mailboxes: string[] }
type Walk = {
  chance: Chance
  loot: Loot
  honest: string[]
  admin: Awaited<ReturnType<typeof atScreen>>
  trace: string[]
  n: number
}

let addresses = 0
/** So that the walk is known to ask honest customers about a thief's address. */
let disowned = 0
const address = (at: string) => `${at}${++addresses}@${at}.example`

/** Somebody honest, who can sign in and whose password only they know. */
async function honest(role: Role): Promise<string> {
  const email = address("honest")
  return (await acting(desk, (act) => createUser(act, { email, name: "Honest", role, passwordHash }))).id
}

/** What is exchanged with honest customers, and no thief may read. */
const secret = "between us"

const someContact = async (chance: Chance, where = "true"): Promise<string> => {
  const { rows } = await desk.db.pool.query(`select id from contacts c where ${where} order by id`)
  return rows.length > 0 ? chance.pick(rows).id : "ctc_none"
}
/** Whom an honest administrator takes for an honest customer: nobody who is known to be somebody else. */
const isHonest = `merged_into is null
  and exists (select from contact_identities i where i.contact_id = c.id and i.value like '%@honest.example')
  and not exists (select from contact_identities i where i.contact_id = c.id and i.value like '%@evil.example' and i.confirmed_for is not null)`
const somePhone = (chance: Chance) => `+57300555${1000 + Math.floor(chance.next() * 20)}`
const identitiesOf = async (contactId: string, like: string) =>
  (
    await desk.db.pool.query(
      "select id, kind, value from contact_identities where contact_id = $1 and value like $2 order by id",
      [contactId, like],
    )
  ).rows as { id: string; kind: string; value: string }[]

const someAddress = async (chance: Chance): Promise<string> => {
  const { rows } = await desk.db.pool.query("select id from contact_identities order by id")
  return rows.length > 0 ? chance.pick(rows).id : "idn_none"
}

async function everybody(): Promise<{ id: string; email: string }[]> {
  const { rows } = await desk.db.pool.query("select id, email from users order by id")
  return rows
}

/** Whatever the thief could send by one of the things that they hold; most of it is refused. */
const attempts: Record<string, (walk: Walk, as: Record<string, string>) => Promise<Answer>> = {
  "makes an account": ({ chance, loot }, as) => {
    const email = address("evil")
    loot.mailboxes.push(email)
    const known = chance.next() < 0.5 ? { password: knownToThief } : {}
    return call(desk.app, "POST", "/users", { email, name: "E", role: chance.pick(roles), ...known }, as)
  },
  "changes an account": async ({ chance, loot }, as) => {
    const target = chance.pick(await everybody())
    const email = chance.pick(loot.mailboxes)
    const change = chance.pick<object>([
      { role: chance.pick(roles) },
      { email },
      { email, role: "admin" },
      { disabled: chance.next() < 0.5 },
      { disabled: false, role: "agent" },
      { name: "E" },
    ])
    return call(desk.app, "PATCH", `/users/${target.id}`, change, as)
  },
  "sets a password": async ({ chance }, as) =>
    call(desk.app, "POST", `/users/${chance.pick(await everybody()).id}/password`, { password: knownToThief }, as),
  "asks for an invitation": async ({ chance, loot }, as) => {
    const answer = await call(desk.app, "POST", `/users/${chance.pick(await everybody()).id}/invitation`, undefined, as)
    keepTokens(loot, JSON.stringify(answer.body))
    return answer
  },
  "makes a key": async ({ chance, loot }, as) => {
    const wanted = { name: "k", role: chance.pick(roles), userId: chance.pick(await everybody()).id }
    const answer = await call(desk.app, "POST", "/api-keys", wanted, as)
    if (answer.status === 201) loot.headers.push({ authorization: `Bearer ${String(answer.body["key"])}` })
    return answer
  },
  "chooses a password of their own": async ({ loot, chance }, as) => {
    const current = chance.pick([knownToThief, ""])
    const answer = await call(desk.app, "PATCH", "/me", { password: { current, new: knownToThief } }, as)
    if (answer.headers["set-cookie"]) loot.headers.push({ cookie: cookieOf(answer), ...own })
    return answer
  },
  "puts an address on a contact": async ({ chance, loot }, as) => {
    const identities = [
      { kind: "email", value: chance.pick([chance.pick(loot.mailboxes), chance.pick(await everybody()).email]) },
    ]
    return call(desk.app, "POST", "/contacts", { name: "C", identities }, as)
  },
  "puts an address beside somebody's own": async ({ chance, loot }, as) => {
    const id = await someContact(chance)
    const identities = (await identitiesOf(id, "%")).map(({ kind, value }) => ({ kind, value }))
    const values = [chance.pick(loot.mailboxes), chance.pick(await everybody()).email]
    const mine = { kind: "email", value: chance.pick(values) }
    return call(desk.app, "PATCH", `/contacts/${id}`, { identities: [...identities, mine] }, as)
  },
  "opens a ticket by two people's addresses": async ({ chance, loot }, as) => {
    const contact = { email: chance.pick(loot.mailboxes), phone: somePhone(chance) }
    return call(desk.app, "POST", "/tickets", chance.next() < 0.5 ? { subject: "x", contact } : { subject: "x" }, as)
  },
  "merges contacts": async ({ chance }, as) => {
    const into = await someContact(chance, chance.next() < 0.7 ? isHonest : "true")
    return call(desk.app, "POST", `/contacts/${await someContact(chance)}/merge`, { into }, as)
  },
  "undoes a merge": async ({ chance }, as) =>
    call(desk.app, "DELETE", `/contacts/${await someContact(chance, "merged_into is not null")}/merge`, undefined, as),
  "says that an address is theirs": async ({ chance }, as) => {
    const id = await someContact(chance)
    const [identity] = await identitiesOf(id, "%@evil.example")
    const path = `/contacts/${id}/identities/${identity?.id ?? "idn_none"}/confirmation`
    const answer = await call(desk.app, "PUT", path, {}, as)
    assert.ok([401, 403].includes(answer.status), `confirmed by a thief: ${answer.status}`)
    return answer
  },
  "says at the portal whose an address is": async ({ chance }, as) => {
    const { body, status } = await call(desk.app, "GET", "/me/identities", undefined, as)
    assert.ok(status !== 200 || !("authorization" in as), "a key was asked whose an address is")
    const listed = (body["items"] ?? []) as { id: string }[]
    const id = listed.length > 0 && chance.next() < 0.8 ? chance.pick(listed).id : await someAddress(chance)
    const isListed = listed.some((one) => one.id === id)
    const answer =
      chance.next() < 0.7
        ? await call(desk.app, "PUT", `/me/identities/${id}/confirmation`, {}, as)
        : await call(desk.app, "DELETE", `/me/identities/${id}`, undefined, as)
    assert.ok(isListed || answer.status >= 400, `answered for another's address: ${answer.status}`)
    return answer
  },
  "asks for a link": async ({ chance, loot }) => {
    // By a mailbox that nobody asked for yet, or the limits would end the walk.
    const email = chance.next() < 0.8 ? chance.pick(loot.mailboxes) : chance.pick(await everybody()).email
    await desk.db.pool.query("delete from rate_limits")
    return call(desk.app, "POST", "/session/link", { email })
  },
  "uses a link": async ({ chance, loot }) => {
    const token = loot.tokens.length > 0 ? chance.pick(loot.tokens) : "pwl_none"
    const path = token.startsWith("pwl_") ? "/session/password" : "/session/link"
    const body = token.startsWith("pwl_") ? { token, password: knownToThief } : { token }
    const answer = await call(desk.app, "PUT", path, body, own)
    if (answer.status === 200) loot.headers.push({ cookie: cookieOf(answer), ...own })
    return answer
  },
  "signs in": async ({ chance, loot }) => {
    const email = chance.pick((await everybody()).map((one) => one.email))
    await desk.db.pool.query("delete from rate_limits")
    const answer = await call(desk.app, "POST", "/session", { email, password: knownToThief }, own)
    if (answer.status === 200) loot.headers.push({ cookie: cookieOf(answer), ...own })
    return answer
  },
}

/** What an administrator does meanwhile, for people who are honest. */
const work: Record<string, (walk: Walk) => Promise<unknown>> = {
  "the admin makes a colleague and invites them": async ({ admin, honest: known, chance }) => {
    const role = chance.pick(["agent", "lead", "admin"])
    const { body } = await admin.call("POST", "/users", { email: address("honest"), name: "H", role })
    known.push(String(body["id"]))
    await admin.call("POST", `/users/${String(body["id"])}/invitation`)
  },
  "the admin raises an honest customer": async ({ admin, chance, honest: known }) => {
    await admin.call("PATCH", `/users/${chance.pick(known)}`, { role: chance.pick(["agent", "admin", "user"]) })
  },
  "the admin opens a ticket for an honest customer": async ({ admin, chance }) => {
    const { rows } = await desk.db.pool.query(
      "select email from users where role = 'user' and email like '%@honest.example' order by id",
    )
    const contact = { email: rows.length > 0 ? chance.pick(rows).email : address("honest"), phone: somePhone(chance) }
    await admin.call("POST", "/tickets", { subject: secret, contact })
  },
  "the admin merges two honest customers": async ({ admin, chance }) => {
    const [from, into] = [await someContact(chance, isHonest), await someContact(chance, isHonest)]
    await admin.call("POST", `/contacts/${from}/merge`, { into })
  },
  "the admin undoes a merge": async ({ admin, chance }) => {
    await admin.call("DELETE", `/contacts/${await someContact(chance, "merged_into is not null")}/merge`)
  },
  "the admin confirms the address of an honest customer": async ({ admin, chance }) => {
    const id = await someContact(chance, isHonest)
    const [identity] = await identitiesOf(id, "%@honest.example")
    if (identity) await admin.call("PUT", `/contacts/${id}/identities/${identity.id}/confirmation`, {})
  },
  "an honest customer says at the portal which addresses are theirs": async ({ chance }) => {
    disowned += await answerAboutAddresses(desk, chance)
  },
  "the admin switches somebody off and on": async ({ admin, chance, honest: known }) => {
    const id = chance.pick(known)
    await admin.call("PATCH", `/users/${id}`, { disabled: true })
    await admin.call("PATCH", `/users/${id}`, { disabled: false })
  },
}

function keepTokens(loot: Loot, text: string) {
  loot.tokens.push(...[...text.matchAll(/#token=((?:pwl|lnk)_[\w-]+)/g)].map(([, token]) => token!))
}

/** Mail is delivered; what went to a mailbox of the thief's is read there. */
async function deliver({ loot }: Walk) {
  for (const { to, text } of await mailsOf(desk)) if (to.includes("@evil.example")) keepTokens(loot, text)
}

async function walk(start: number) {
  const admin = await atScreen(desk, { email: address("honest"), name: "Root", role: "admin" })
  const stolen = await acting(desk, (act) => createKey(act, { name: "stolen", role: "admin", userId: admin.userId }))
  const key = { authorization: `Bearer ${stolen.key}` }
  const known = [await honest("user"), await honest("user"), await honest("agent"), await honest("lead")]
  const loot: Loot = { headers: [], tokens: [], mailboxes: [address("evil")] }
  const one: Walk = { chance: chanceOf(start), loot, honest: known, admin, trace: [], n: 0 }
  for (let step = 0; step < stepsPerWalk; step++) await take(one, key)
  await acting(desk, (act) => revokeKey(act, stolen.id))
  desk.authentication.dropCache()
  for (const held of loot.headers) await assertCustomerAtMost(one, held)
  assert.equal((await call(desk.app, "GET", "/me", undefined, key)).status, 401)
}

async function take(one: Walk, key: Record<string, string>) {
  const { chance, loot, trace } = one
  if (chance.next() < 0.2) {
    const name = chance.pick(Object.keys(work))
    trace.push(name)
    await work[name]!(one)
  } else {
    const name = chance.pick(Object.keys(attempts))
    const as = loot.headers.length > 0 && chance.next() < 0.3 ? chance.pick(loot.headers) : key
    const { status } = await attempts[name]!(one, as)
    trace.push(`the thief ${name}${as === key ? " by the key" : ""}: ${status}`)
    assert.ok(status < 500, trace.join("\n"))
  }
  await deliver(one)
  const last = loot.headers.at(-1)
  if (last) await assertCustomerAtMost(one, last)
}

/** Nobody gave the thief more than a customer's account, and none but their own. */
async function assertCustomerAtMost({ trace }: Walk, held: Record<string, string>) {
  desk.authentication.dropCache()
  const { status, body } = await call(desk.app, "GET", "/me", undefined, held)
  if (status === 401) return
  assert.deepEqual([status, body["role"]], [200, "user"], `seed ${seed}\n${trace.join("\n")}`)
  assert.match(String(body["email"]), /@evil\.example$/, `seed ${seed}\n${trace.join("\n")}`)
  const listed = (await call(desk.app, "GET", "/tickets?limit=100", undefined, held)).body["items"]
  const subjects = (listed as { subject: string }[]).map(({ subject }) => subject)
  assert.ok(!subjects.includes(secret), `seed ${seed}\n${trace.join("\n")}`)
}

test(`nobody gains what nobody gave (HILO_SEED=${seed})`, async () => {
  for (let n = 0; n < walks; n++) await walk(seed + n)
  assert.ok(disowned > 0, "nobody was asked whose an address is")
})
