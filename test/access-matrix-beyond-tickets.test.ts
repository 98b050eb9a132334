// The access matrix of what is no ticket: things that an address names, and things that a body names. A route that names a
// thing and has no row here fails.
import assert from "node:assert/strict"
import { test } from "node:test"
import { newId } from "#kernel/ids.ts"
import { insertUpload } from "#files/index.ts"
import { least } from "./route-access.ts"
import { fieldsOf } from "./bad-input/contract-fields.ts"
import { app, sampleAgreement, sampleSource, samples } from "./bad-input/app-and-valid-bodies-for-all-routes.ts"
import { acting, type Answer } from "./desks/test-desk.ts"
import { done, ours, people, theirs, tickets } from "./access-matrix-users-and-things.ts"
import { routes } from "./registered-routes.ts"

const [root, ana, bruno] = [people["admin"]!, people["agent"]!, people["agent of another team"]!]
const name = ({ method, url }: { method: string; url: string }) => `${method} ${url}`
const forMany = routes.filter((route) =>
  ["user", "agent", "lead"].includes(String(least[name(route)]).replace("signed-in ", "")),
)

const comparable = ({ status, body }: Answer, id: string) => {
  const { requestId: _, ...rest } = body
  return JSON.stringify([status, rest]).replaceAll(id, "ID")
}

const mine = await tickets["of the customer, in our team"]!.make()
const hidden = await tickets["of another customer, in another team"]!.make()
const upload = (userId: string) =>
  acting(app, (act) =>
    insertUpload(act, { fileName: "a.pdf", mimeType: "application/pdf", userId }, { sha256: "a".repeat(64), size: 3 }),
  )
const sent = async (ticket: string, more: object = {}) => {
  const file = await upload(root.id)
  return {
    file,
    message: done(
      await root.call("POST", `/tickets/${ticket}/messages`, { content: "x", attachmentIds: [file], ...more }),
    ),
  }
}
const [onMine, onHidden, onNote] = [await sent(mine), await sent(hidden), await sent(mine, { isInternal: true })]
const shared = async (path: string, who: typeof root, more: object) =>
  done(
    await who.call("POST", path, {
      name: newId("n"),
      ...(path === "/views" ? { filters: {} } : {}),
      ...(path === "/macros" ? { actions: [{ type: "priority", value: "high" }] } : {}),
      ...(path === "/saved-replies" ? { content: "x" } : {}),
      ...more,
    }),
  )

type HiddenObject = { id: string; seenBy: string[] }
const sharedThings = async (path: string): Promise<HiddenObject[]> => [
  { id: await shared(path, bruno, { visibility: "me" }), seenBy: ["agent of another team"] },
  {
    id: await shared(path, root, { visibility: "team", teamId: theirs.id }),
    seenBy: ["agent of another team", "lead of another team", "admin"],
  },
]
const incident = async (guia: string, teamId: string) => {
  const action = { actionId: newId("act"), guia, type: "SEND_WHATSAPP", status: "FAILED", httpCode: 400 }
  const { body } = await root.call("POST", "/incidents/actions", {
    ...action,
    errorCode: 131026,
    at: app.now().toISOString(),
  })
  const id = (body as { ticket: { ticketId: string } }).ticket.ticketId
  await app.db.pool.query("update tickets set team_id = $2 where id = $1", [id, teamId])
  return id
}
const contactOfTicket = async (ticket: string) =>
  ((await root.call("GET", `/tickets/${ticket}`)).body["contact"] as { id: string }).id
const newContact = async (email: string, who: typeof root) =>
  done(await who.call("POST", "/contacts", { name: "C", identities: [{ kind: "email", value: email }] }))
/** Of another customer than the two of the cast, with one ticket. */
const contactIn = async (email: string, who: typeof root, teamId: string) =>
  contactOfTicket(done(await who.call("POST", "/tickets", { subject: "x", contact: { email }, teamId })))
/** In their team; Ana knows them only by a ticket that she opened herself. */
async function knownToBoth(email: string) {
  const id = await contactIn(email, root, theirs.id)
  assert.equal(await contactIn(email, ana, ours.id), id)
  return id
}
/** An address beside the customer's own, which is proved and theirs. */
async function typedBeside(email: string) {
  const { rows } = await app.db.pool.query(
    `update contact_identities set proof = 'link', confirmed_for = contact_id where value = $1 returning contact_id`,
    [email],
  )
  const id = String(rows[0].contact_id)
  const identities = [email, "beside.matrix@example.com"].map((value) => ({ kind: "email", value }))
  const { body } = await root.call("PATCH", `/contacts/${id}`, { identities })
  return (body["identities"] as { id: string }[])[1]!.id
}
const simulationOf = async (who: string) =>
  done(
    await people[who]!.call(
      "POST",
      "/simulations/assignment-rules",
      samples["POST /api/v1/simulations/assignment-rules"],
    ),
  )
const [ourStaff, theirStaff] = [
  ["agent", "lead", "admin", "an agent's key"],
  ["agent of another team", "lead of another team", "admin"],
]
const agreement = async (number: string, teamId: string) => {
  const { agreementId, ticketId } = await sampleAgreement(number)
  await app.db.pool.query("update tickets set team_id = $2 where id = $1", [ticketId, teamId])
  return agreementId
}
/** By the beginning of the address: one of each that not everybody sees. */
const things: Record<string, HiddenObject[]> = {
  "/api/v1/attachments/:id": [
    { id: onMine.file, seenBy: ["customer", "agent", "lead", "admin", "an agent's key"] },
    { id: onNote.file, seenBy: ["agent", "lead", "admin", "an agent's key"] },
    { id: onHidden.file, seenBy: tickets["of another customer, in another team"]!.seenBy },
    { id: await upload(bruno.id), seenBy: ["agent of another team"] },
  ],
  "/api/v1/views/:id": await sharedThings("/views"),
  "/api/v1/macros/:id": await sharedThings("/macros"),
  "/api/v1/saved-replies/:id": await sharedThings("/saved-replies"),
  "/api/v1/contacts/:id": [
    { id: await contactIn("ours.matrix@example.com", root, ours.id), seenBy: ourStaff },
    { id: await contactIn("theirs.matrix@example.com", root, theirs.id), seenBy: theirStaff },
    { id: await knownToBoth("both.matrix@example.com"), seenBy: [...theirStaff, "agent", "lead", "an agent's key"] },
    { id: await newContact("made.matrix@example.com", bruno), seenBy: ["agent of another team", "admin"] },
    { id: await newContact("alone.matrix@example.com", root), seenBy: ["admin"] },
  ],
  "/api/v1/incidents/:ref": [
    { id: await incident("MATRIX-1", ours.id), seenBy: ourStaff },
    { id: await incident("MATRIX-2", theirs.id), seenBy: theirStaff },
  ],
  "/api/v1/agreements/:id": [
    { id: await agreement("77001", ours.id), seenBy: ourStaff },
    { id: await agreement("77002", theirs.id), seenBy: theirStaff },
  ],
  "/api/v1/me/identities/:id": [{ id: await typedBeside("carla.matrix@example.com"), seenBy: ["customer"] }],
  "/api/v1/simulations/:id": [{ id: await simulationOf("lead"), seenBy: ["lead"] }],
  "/api/v1/users/:id": [{ id: people["customer"]!.id, seenBy: ["admin"] }],
}
/** The same for all who may call at all; tickets are tried in `access-matrix.test.ts`. */
const sameForAll =
  /^\/api\/v1\/(tickets\/:ref|teams|connections|calendars|categories|campaigns|custom-fields|assignment-rules|automation-rules|sla-policies)\b/

test("every address that names a thing says who sees it", () => {
  const without = forMany.filter(
    ({ url }) =>
      url.includes(":") && !sameForAll.test(url) && !Object.keys(things).some((path) => url.startsWith(path)),
  )
  assert.deepEqual(without.map(name), [])
})

for (const [path, ones] of Object.entries(things)) {
  test(`${path}: who may not see one is answered that it is not there`, async () => {
    for (const { method, url } of forMany.filter((route) => route.url.startsWith(path)))
      for (const [who, person] of Object.entries(people))
        for (const { id, seenBy } of ones) {
          if (seenBy.includes(who) && method !== "GET") continue
          const body = samples[`${method} ${url}`]
          const ask = (it: string) =>
            person.call(
              method as "GET",
              url
                .slice(7)
                .replace(/:identityId/, "idn_none")
                .replace(/:(id|ref)/, it),
              body,
            )
          const [there, nowhere] = [await ask(id), await ask("nothing_here")]
          const what = `${method} ${url} as ${who}`
          if (seenBy.includes(who)) assert.notEqual(there.status, 404, what)
          if (!seenBy.includes(who)) assert.equal(comparable(there, id), comparable(nowhere, "nothing_here"), what)
        }
  })
}

type HiddenReference = { url: string; method?: "POST" | "PUT"; body: (id: string) => object; hidden: string }
const say = (body: (id: string) => object, id: string): HiddenReference => ({
  url: `/tickets/${mine}/messages`,
  body,
  hidden: id,
})
const [visibleContact, hiddenContact] = things["/api/v1/contacts/:id"]!.map(({ id }) => id)
const begin = (more: (id: string) => object, id: string): HiddenReference => ({
  url: "/conversations",
  body: (it) => ({ contactId: visibleContact, connectionId: sampleSource.id, content: "x", ...more(it) }),
  hidden: id,
})
const upOf = (id: string): HiddenReference => ({
  url: "/tickets",
  body: (it) => ({ subject: "x", attachmentIds: [it] }),
  hidden: id,
})
const ofBruno = await upload(bruno.id)
const macro = await shared("/macros", ana, { visibility: "me" })
const reply = await shared("/saved-replies", ana, { visibility: "me" })
/** How an agent names, by a body, what only others see: it must be answered as if it were not there. */
const named: Record<string, HiddenReference | "known to all staff" | "a member of the list"> = {
  "POST /api/v1/saved-replies teamId": "known to all staff",
  "PATCH /api/v1/saved-replies/:id teamId": "known to all staff",
  "POST /api/v1/macros teamId": "known to all staff",
  "PATCH /api/v1/macros/:id teamId": "known to all staff",
  "POST /api/v1/views teamId": "known to all staff",
  "PATCH /api/v1/views/:id teamId": "known to all staff",
  "POST /api/v1/tickets categoryIds": "known to all staff",
  "POST /api/v1/tickets assigneeId": "known to all staff",
  "POST /api/v1/tickets teamId": "known to all staff",
  "PATCH /api/v1/tickets/:ref categoryIds": "known to all staff",
  "PUT /api/v1/tickets/:ref/assignment agentId": "known to all staff",
  "PUT /api/v1/tickets/:ref/assignment teamId": "known to all staff",
  "POST /api/v1/tickets/bulk change.assignment.agentId": "known to all staff",
  "POST /api/v1/tickets/bulk change.assignment.teamId": "known to all staff",
  "POST /api/v1/incidents/bulk change.assignment.agentId": "known to all staff",
  "POST /api/v1/incidents/bulk change.assignment.teamId": "known to all staff",
  // Merging contacts is tried with the contacts.
  "POST /api/v1/contacts/:id/merge into": "a member of the list",
  "POST /api/v1/tickets/:ref/messages connectionId": "known to all staff",
  "POST /api/v1/simulations/reopen-window candidate.connectionId": "known to all staff",
  // What one may not see counts for nothing.
  "POST /api/v1/tickets/announcements tickets": "a member of the list",
  // Of one's own list, or of the contact's: whatever else is named is left as it is.
  "POST /api/v1/notifications/read ids": "a member of the list",
  "POST /api/v1/notifications/read ticket": "a member of the list",
  "PATCH /api/v1/contacts/:id removeIdentityIds": "a member of the list",
  "POST /api/v1/saved-replies/:id/preview ticket": {
    url: `/saved-replies/${reply}/preview`,
    body: (ticket) => ({ ticket }),
    hidden,
  },
  "POST /api/v1/macros/:id/preview ticket": { url: `/macros/${macro}/preview`, body: (ticket) => ({ ticket }), hidden },
  "POST /api/v1/tickets/:ref/macro macroId": {
    url: `/tickets/${mine}/macro`,
    body: (macroId) => ({ macroId }),
    hidden: await shared("/macros", bruno, { visibility: "me" }),
  },
  "POST /api/v1/tickets conversationId": {
    url: "/tickets",
    body: (it) => ({ subject: "x", conversationId: it }),
    hidden,
  },
  "POST /api/v1/tickets attachmentIds": upOf(ofBruno),
  "POST /api/v1/conversations contactId": begin((contactId) => ({ contactId }), hiddenContact!),
  "POST /api/v1/conversations identityId": begin(
    (identityId) => ({ identityId }),
    things["/api/v1/me/identities/:id"]![0]!.id,
  ),
  "POST /api/v1/conversations connectionId": "known to all staff",
  "POST /api/v1/conversations attachmentIds": begin((it) => ({ attachmentIds: [it] }), ofBruno),
  "POST /api/v1/tickets/bulk tickets": {
    url: "/tickets/bulk",
    body: (it) => ({ tickets: [it], change: { priority: "high" } }),
    hidden,
  },
  "POST /api/v1/tickets/:ref/merge into": { url: `/tickets/${mine}/merge`, body: (into) => ({ into }), hidden },
  "POST /api/v1/tickets/:ref/split messageIds": {
    url: `/tickets/${mine}/split`,
    body: (it) => ({ messageIds: [it], subject: "x" }),
    hidden: onHidden.message,
  },
  "POST /api/v1/tickets/:ref/forward messageId": {
    ...say((messageId) => ({ to: [{ address: "eva@example.net" }], messageId }), onHidden.message),
    url: `/tickets/${mine}/forward`,
  },
  "POST /api/v1/tickets/:ref/links ticket": {
    url: `/tickets/${mine}/links`,
    body: (ticket) => ({ type: "related", ticket }),
    hidden,
  },
  "POST /api/v1/tickets/:ref/read lastSeenMessageId": {
    ...say((it) => ({ lastSeenMessageId: it }), onHidden.message),
    url: `/tickets/${mine}/read`,
  },
  "POST /api/v1/tickets/:ref/messages replyTo": say((it) => ({ content: "x", replyTo: it }), onHidden.message),
  "POST /api/v1/tickets/:ref/messages attachmentIds": say((it) => ({ content: "x", attachmentIds: [it] }), ofBruno),
  "POST /api/v1/tickets/:ref/messages lastSeenMessageId": say(
    (it) => ({ content: "x", lastSeenMessageId: it }),
    onHidden.message,
  ),
}

test("every body that names a thing says what becomes of one that the writer may not see", () => {
  const naming = forMany.flatMap((route) =>
    (route.body ? fieldsOf(route.body) : [])
      .filter(({ path }) => /(?:^|\.)(?:\w+Ids?|ids|into|tickets?|replyTo|attachments)$/.test(path))
      .map(({ path }) => `${name(route)} ${path}`),
  )
  assert.deepEqual(naming.toSorted(), Object.keys(named).toSorted())
})

for (const [field, row] of Object.entries(named)) {
  if (typeof row === "string") continue
  test(`${field}: what only others see is answered as what is not there`, async () => {
    const ask = (id: string) => ana.call(row.method ?? "POST", row.url, row.body(id))
    // Of the same shape, so that nothing but its existence could show.
    const nobodys = newId(row.hidden.split("_")[0]!)
    const [there, nowhere] = [await ask(row.hidden), await ask(nobodys)]
    assert.equal(comparable(there, row.hidden), comparable(nowhere, nobodys))
  })
}
