// First messages made together must be as if each had come alone, and one that fails must spoil it for nobody.
import assert from "node:assert/strict"
import { test } from "node:test"
import { openDesk } from "#test/desks/test-desk.ts"
import { type MessageSource, openMessageSource } from "#test/desks/message-source.ts"

const desk = await openDesk(() => {})
const rows = async (text: string, ...values: unknown[]) => (await desk.db.pool.query(text, values)).rows

let people = 0
const somebody = () => `+5730080${String(++people).padStart(5, "0")}`

/** A source that this server knows. */
async function knownSource() {
  const source = await openMessageSource(desk)
  await source.says(somebody())
  return source
}

const together = async (source: MessageSource, size: number) =>
  Promise.all(Array.from({ length: size }, (_, n) => source.says(somebody(), { name: `Ana ${n}`, text: `hola ${n}` })))

/** All that is stored of a conversation, without ids, times, numbers and places. */
const story = async (ticketId: string, n: number) =>
  (
    await rows(
      `select (select json_agg(json_build_array(e.kind, e.subject_id = m.id, e.actor_kind, e.actor_id = t.contact_id, e.data, e.why, e.team_id)
          order by e.id) from events e where e.ticket_id = t.id) as events,
        to_jsonb(t) - '{id,number,thread_key,contact_id,created_by_id,created_at,updated_at,first_message_at,last_message_at}'::text[] as ticket,
        to_jsonb(m) - '{id,ticket_id,external_id,sender_id,sent_at,created_at,position,contact_id,identity_id,address,words}'::text[] as message,
        to_jsonb(c) - '{id,created_at,updated_at}'::text[] as contact,
        to_jsonb(i) - '{id,contact_id,value,created_at,confirmed_for}'::text[] as identity,
        array[i.confirmed_for, m.contact_id, m.sender_id, t.created_by_id] = array_fill(c.id, array[4]) and m.identity_id = i.id
          and m.address = i.value and t.thread_key = t.connection_id || ':' || c.id and t.last_message_at = m.sent_at
          and t.first_message_at = m.sent_at and m.words = search_words(m.content, (t.created_at at time zone 'UTC')::date)
          and x.words @@ search_person($2, false) and p.words @@ search_person($2, false) and x.words @@ search_person(right(i.value, 6), true) as fits
      from tickets t join messages m on m.ticket_id = t.id join contacts c on c.id = t.contact_id
        join contact_identities i on i.contact_id = c.id join ticket_texts x on x.ticket_id = t.id join contact_texts p on p.contact_id = c.id
      where t.id = $1`,
      ticketId,
      String(n),
    )
  ).map(({ message, contact, ...rest }) => ({
    ...rest,
    message: { ...message, content: message.content.replace(/\d+/, "") },
    contact: { ...contact, name: contact.name.replace(/\d+/, "") },
  }))

test("what is made together is as if it had come alone", async () => {
  const source = await knownSource()
  const alone = await source.says(somebody(), { name: "Ana 0", text: "hola 0" })
  const [expected] = await story(alone.ticket!.id, 0)
  assert.equal(expected!.fits, true)
  const answers = await together(source, 9)
  for (const [n, { ticket, message, decision }] of answers.entries()) {
    assert.deepEqual(await story(ticket!.id, n), [expected])
    assert.equal(decision.action, "created")
    assert.deepEqual(decision.why, alone.decision.why)
    const [stored] = await rows("select created_at, sent_at, content from messages where id = $1", message!.id)
    assert.deepEqual(
      [stored.created_at, stored.sent_at, stored.content],
      [message!.createdAt, message!.sentAt, `hola ${n}`],
    )
  }
})

test("first messages that come at once share their transactions", async () => {
  const answers = await together(await knownSource(), 9)
  const [spent] = await rows(
    "select count(distinct xmin::text)::int as commits from tickets where id = any($1)",
    answers.map(({ ticket }) => ticket!.id),
  )
  assert.ok(spent.commits < answers.length, `${spent.commits} commits`)
})

test("one person on two connections at once, and one message of two people, fail no other", async () => {
  const [here, there] = [await knownSource(), await knownSource()]
  const both = somebody()
  const same = { externalId: "the-same" }
  const answers = await Promise.all([
    here.says(both),
    there.says(both),
    here.says(somebody(), same),
    here.says(somebody(), same),
    here.says(somebody()),
  ])
  assert.deepEqual(answers.map(({ decision }) => decision.action).toSorted(), [
    "created",
    "created",
    "created",
    "created",
    "duplicate",
  ])
  assert.equal(answers[0].ticket!.contact!.id, answers[1].ticket!.contact!.id)
  assert.notEqual(answers[0].ticket!.id, answers[1].ticket!.id)
  const [left] = await rows(
    "select count(*)::int as n from contacts c where not exists (select from contact_identities i where i.contact_id = c.id)",
  )
  assert.equal(left.n, 0)
})

test("a sender who is not new after all is received as ever, together with those who are", async () => {
  const [source, other] = [await knownSource(), await openMessageSource(desk)]
  const known = somebody()
  await other.says(known)
  const answers = await Promise.all([source.says(known), source.says(somebody()), source.says(somebody())])
  assert.deepEqual(
    answers.map(({ decision }) => decision.action),
    ["created", "created", "created"],
  )
  const [one] = await rows("select count(*)::int as n from contact_identities where value = $1", known)
  assert.equal(one.n, 1)
})
