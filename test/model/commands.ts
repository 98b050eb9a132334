// What people and channels do to Hilo, each done to the model too and compared at once.
import assert from "node:assert/strict"
import { mergeContacts, type ReceivedMessage } from "#intake/index.ts"
import { fc } from "../fast-check-seed.ts"
import { unsnoozeDue as wakeSleepers } from "../../src/tickets/lifecycle/snooze.ts"
import { acting, type Answer, type Client, type Desk } from "../desks/test-desk.ts"
import type { MessageSource } from "../desks/message-source.ts"
import {
  expect,
  give,
  hasActiveTwin,
  isActive,
  mergePersons,
  type Model,
  personOf,
  reopen,
  type Said,
  snooze,
  step,
  take,
  targetOf,
  type Ticket,
  wakeDue,
} from "./tickets-model.ts"

export type Real = {
  desk: Desk
  sources: MessageSource[]
  /** A word that no other life uses: messages and the group of this one are named with it. */
  run: string
  /** All but the last digit of the contacts' phones. A phone is one person on every connection. */
  phones: string
  agents: Client[]
  ids: { externalId: string; received: ReceivedMessage; said: Said }[]
  contactIds: Map<number, string>
}

type Command = fc.AsyncCommand<Model, Real>

const texts = { plain: "necesito ayuda", thanks: "¡Muchas gracias!", farewell: "¡Hasta luego!" }

/** Every command takes a millisecond, so that no two things happen at one instant. */
function command(words: string, run: (model: Model, real: Real, now: number) => Promise<void>): Command {
  return {
    check: () => true,
    run: async (model, real) => {
      real.desk.clock.pass(1)
      await run(model, real, real.desk.clock.now.getTime())
    },
    toString: () => words,
  }
}

const index = fc.nat({ max: 30 })
const ago = fc.option(fc.integer({ min: 0, max: 200 }), { freq: 2 })
const saying: fc.Arbitrary<Said> = fc.record({
  connection: fc.constantFrom(0, 0, 0, 0, 1, 1, 2),
  contact: fc.constantFrom(0, 0, 0, 1, 2),
  group: fc.constantFrom(false, false, false, true),
  kind: fc.constantFrom("message", "message", "message", "message", "message", "reaction", "system"),
  direction: fc.constantFrom("in", "in", "in", "out"),
  text: fc.constantFrom("plain", "plain", "plain", "thanks", "farewell"),
  ago,
  shipment: fc.constantFrom(null, null, null, null, "shipment 1", "shipment 2"),
  bot: fc.constantFrom(false, false, true),
  agent: fc.constantFrom(null, null, null, null, 0, 1),
  about: index,
})

export const commands: fc.Arbitrary<Command>[] = [
  saying.map(says),
  saying.map(says),
  saying.map(says),
  saying.map(says),
  index.map(repeats),
  fc.tuple(index, fc.nat({ max: 1 }), fc.boolean()).map(writes),
  fc.tuple(index, fc.nat({ max: 1 }), fc.constantFrom("pending", "open", "closed", "closed", "closed")).map(moves),
  fc.tuple(index, fc.constantFrom(0, 1), fc.constantFrom(null, 0, 1)).map(assigns),
  fc.tuple(index, fc.constantFrom(null, 10, 45, 90)).map(snoozes),
  fc.tuple(index, index).map(mergesAndUndoes),
  fc.constantFrom(1, 5, 29, 31, 60, 119, 121).map(waits),
  fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 })).map(merges),
]

function says(said: Said): Command {
  return command(`says ${JSON.stringify(said)}`, async (model, real, now) => {
    const externalId = `${real.run}-${real.ids.length}`
    const expected = expect(model, said, now)
    const received = await send(model, real, said, externalId, now)
    const { ticket, decision } = received
    const answered = [decision.action, expected.action === "created" ? null : (ticket?.number ?? null)]
    assert.deepEqual(answered, [expected.action, expected.ticket?.number ?? null], decision.why.code)
    if (expected.action === "created") assert.ok(model.tickets.every((t) => t.number !== ticket!.number))
    take(model, said, expected, ticket?.number ?? "", now)
    if (!ticket) return
    real.ids.push({ externalId, received, said })
    if (ticket.contact && !said.group && said.kind === "message")
      real.contactIds.set(personOf(model, said.contact), ticket.contact.id)
  })
}

function send(model: Model, real: Real, said: Said, externalId: string, now: number): Promise<ReceivedMessage> {
  const target = targetOf(model, said)
  const about = target ? real.ids[model.taken.indexOf(target)]!.externalId : null
  return real.sources[said.connection]!.says(`${real.phones}${said.contact}`, {
    externalId,
    kind: said.kind,
    direction: said.direction,
    text: texts[said.text],
    sentAt: said.ago === null ? null : new Date(now - said.ago * 60_000),
    ...(said.group && { group: `${real.run}-group` }),
    replyTo: said.kind === "message" ? null : about,
    campaignShipmentId: said.shipment,
    bot: said.bot,
    assigneeId: said.agent === null ? null : real.agents[said.agent]!.userId,
  })
}

function repeats(nth: number): Command {
  return command(`repeats message ${nth}`, async (model, real, now) => {
    if (real.ids.length === 0) return
    const { externalId, received, said } = real.ids[nth % real.ids.length]!
    const again = await send(model, real, said, externalId, now)
    assert.deepEqual([again.decision.action, again.message!.id], ["duplicate", received.message!.id])
    const { ticket } = model.taken[nth % model.taken.length]!
    assert.equal(again.ticket!.number, ticket.number)
  })
}

/** Something that happens to the n-th ticket, if there is one that was not merged. */
function onTicket(
  words: string,
  nth: number,
  run: (ticket: Ticket, model: Model, real: Real, now: number) => Promise<void>,
) {
  return command(`${words} ticket ${nth}`, async (model, real, now) => {
    const tickets = model.tickets.filter((ticket) => !ticket.isMerged)
    if (tickets.length > 0) await run(tickets[nth % tickets.length]!, model, real, now)
  })
}

function writes([nth, who, isInternal]: [number, number, boolean]): Command {
  return onTicket(`agent ${who} ${isInternal ? "notes on" : "answers"}`, nth, async (ticket, model, real, now) => {
    const answer = await real.agents[who]!.call("POST", `/tickets/${ticket.number}/messages`, {
      content: "**Hola**",
      isInternal,
    })
    if (!isInternal && !isActive(ticket) && hasActiveTwin(model, ticket)) return assertRefused(answer, "thread_busy")
    assert.equal(answer.status, 201)
    ticket.updatedAt = now
    if (isInternal) return void (ticket.notes += 1)
    Object.assign(ticket, { unread: 0, count: ticket.count + 1, first: Math.min(ticket.first, now), last: now })
    if (ticket.agent === null) give(ticket, who, now)
  })
}

function moves([nth, who, to]: [number, number, "pending" | "open" | "closed"]): Command {
  return onTicket(`agent ${who} sets ${to} on`, nth, async (ticket, model, real, now) => {
    const answer = await real.agents[who]!.call("PUT", `/tickets/${ticket.number}/status`, { status: to })
    const reopens = !isActive(ticket) && to !== "closed"
    if (reopens && hasActiveTwin(model, ticket)) return assertRefused(answer, "thread_busy")
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    if (ticket.status === to) return
    if (!reopens) return step(ticket, to, now)
    reopen(ticket, to, now)
    if (ticket.agent === null && to === "open") give(ticket, who, now)
  })
}

function assigns([nth, who, agent]: [number, number, number | null]): Command {
  return onTicket(`agent ${who} gives agent ${agent}`, nth, async (ticket, _model, real, now) => {
    const agentId = agent === null ? null : real.agents[agent]!.userId
    const answer = await real.agents[who]!.call("PUT", `/tickets/${ticket.number}/assignment`, { agentId })
    const takesSilently = agent === who && ticket.agent !== null && ticket.agent !== who
    if (takesSilently) return assertRefused(answer, "already_assigned")
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    give(ticket, agent, now)
  })
}

function snoozes([nth, minutes]: [number, number | null]): Command {
  return onTicket(
    minutes === null ? "takes back" : `puts off by ${minutes}`,
    nth,
    async (ticket, _model, real, now) => {
      const path = `/tickets/${ticket.number}/snooze`
      if (minutes === null) {
        assert.equal((await real.agents[0]!.call("DELETE", path)).status, 200)
        return snooze(ticket, null, now)
      }
      const until = now + minutes * 60_000
      const answer = await real.agents[0]!.call("PUT", path, { until: new Date(until).toISOString() })
      if (!isActive(ticket)) return assertRefused(answer, "transition")
      assert.equal(answer.status, 200, JSON.stringify(answer.body))
      snooze(ticket, until, now)
    },
  )
}

/** Taken back at once, a merge leaves both as they were: only that somebody changed them remains. */
function mergesAndUndoes([nth, other]: [number, number]): Command {
  return onTicket(`merges with ticket ${other} and takes back`, nth, async (source, model, real, now) => {
    const others = model.tickets.filter(
      (t) => !t.isMerged && (t.who !== source.who || t.connection !== source.connection),
    )
    if (others.length === 0) return
    const target = others[other % others.length]!
    const path = `/tickets/${source.number}/merge`
    const merged = await real.agents[0]!.call("POST", path, { into: target.number, override: "parecía lo mismo" })
    assert.equal(merged.status, 200, JSON.stringify(merged.body))
    assert.equal((await real.agents[0]!.call("DELETE", path)).status, 200)
    for (const ticket of [source, target]) Object.assign(ticket, { version: ticket.version + 2, updatedAt: now })
  })
}

function waits(minutes: number): Command {
  return command(`${minutes} minutes pass`, async (model, real, now) => {
    real.desk.clock.pass(minutes * 60_000)
    while (await wakeSleepers(real.desk));
    wakeDue(model, now + minutes * 60_000)
  })
}

function merges([from, into]: [number, number]): Command {
  return command(`contact ${from} turns out to be contact ${into}`, async (model, real, now) => {
    const [source, target] = [personOf(model, from), personOf(model, into)]
    const [sourceId, targetId] = [real.contactIds.get(source), real.contactIds.get(target)]
    if (source === target || sourceId === undefined || targetId === undefined) return
    await acting(real.desk, (act) => mergeContacts(act, sourceId, targetId, { isOnePerson: true }))
    mergePersons(model, source, target, now)
  })
}

function assertRefused(answer: Answer, code: string) {
  assert.deepEqual([answer.status, answer.body["code"]], [409, code])
}
