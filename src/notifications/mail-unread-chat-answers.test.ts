import assert from "node:assert/strict"
import { test } from "node:test"
import { fillInDetails, identityOf } from "#contacts/index.ts"
import { acceptSaid } from "#contacts/identities/change-identities.ts"
import { identitiesOf } from "#contacts/identities/identity-store.ts"
import { lockTicket } from "#tickets/index.ts"
import { openCustomerMailDesk } from "#test/desks/customer-mail-desk.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { acting } from "#test/desks/test-desk.ts"
import { mailUnreadChatAnswers } from "./mail-unread-chat-answers.ts"

const { desk, ana, say, arrives } = await openCustomerMailDesk()
const chat = await openMessageSource(desk, { kind: "webchat", settings: {} })
const visitorIn = (visitorId: string) => identityOf(visitorId, { kind: "visitor", scope: chat.id })!
/** A visitor of the chat writes, and says that an e-mail is theirs. Returns their ticket. */
const speak = async (visitorId: string, email: string, page: string | null = null) => {
  const { ticket } = await chat.says(visitorId, { as: "visitor" })
  await acting(desk, (act) => fillInDetails(act, visitorIn(visitorId), { email, page }))
  return ticket!.id
}
const hourMs = 3_600_000

test("who left an e-mail in the chat is written to once when they are answered and do not look, and reads nothing of it there", async () => {
  const id = await speak("vst_gone", "gone@example.com")
  await say(id, "La clave es **4512**")
  await say(id, "¿Sigues ahí?")
  const [mail, ...others] = await arrives()
  assert.deepEqual([mail!.to, mail!.header("Subject"), others], [["gone@example.com"], "Te respondimos en el chat", []])
  assert.ok(mail!.text.includes(`https://hilo.test/chat/${chat.id}`))
  assert.doesNotMatch(mail!.raw, /4512|Sigues/)
  await say(id, "Te espero")
  assert.deepEqual(await arrives(), [], "once for all that follows their words")
  desk.clock.pass(hourMs)
  assert.deepEqual(await arrives(), [], "nor is that told later")
  await speak("vst_gone", "gone@example.com", "https://evil.example/")
  await say(id, "Hola de nuevo")
  assert.doesNotMatch((await arrives())[0]!.raw, /evil|https?:/, "no page that a visitor names is in a mail")
  const there = await speak("vst_there", "there@example.com")
  const answer = await say(there, "Aquí")
  await desk.db.pool.query("update messages set delivery_state = 'delivered' where id = $1", [answer.body["id"]])
  await say(await speak("vst_silent", ""), "Aquí")
  assert.deepEqual(await arrives(), [])
})

test("however many visitors say that an address is theirs, it is mailed once an hour, and what waits for its hour is not lost", async () => {
  const visitors = ["vst_one", "vst_two", "vst_three", "vst_four"]
  for (const visitor of visitors) await say(await speak(visitor, "many@example.com"), "Hola")
  const toMany = async () => (await arrives()).map(({ to }) => to)
  assert.deepEqual(await toMany(), [["many@example.com"]])
  assert.deepEqual(await toMany(), [])
  await desk.db.pool.query(
    `update messages m set delivery_state = 'delivered' from contact_identities v
    where v.id = m.identity_id and v.value = 'vst_three' and m.direction = 'out'`,
  )
  for (const passing of ["the second", "the fourth"]) {
    desk.clock.pass(hourMs)
    assert.deepEqual(await toMany(), [["many@example.com"]], passing)
  }
  desk.clock.pass(hourMs)
  assert.deepEqual(await toMany(), [], "the third has come back and looked")
})

test("two servers that have answers for one address send one mail", async () => {
  const answers: string[] = []
  for (const visitor of ["vst_left", "vst_right"]) {
    const { body } = await say(await speak(visitor, "both@example.com"), "Hola")
    answers.push(String(body["id"]))
  }
  const held = await Promise.all(
    answers.map((id) => acting(desk, (act) => mailUnreadChatAnswers(act, desk.secrets, desk.publicUrl, [id]))),
  )
  assert.equal(held.flat().length, 1)
  assert.equal((await arrives()).length, 1)
  desk.clock.pass(hourMs)
  assert.equal((await arrives()).length, 1, "the other has its turn")
})

test("a visitor is mailed at one address: what they last said, else what a lead said is theirs, also after a merge", async () => {
  const id = await speak("vst_sure", "sure@example.com")
  const contactOf = async () => (await acting(desk, (act) => lockTicket(act, id))).contactId!
  const accept = async () => {
    const own = await acting(desk, async (act) => identitiesOf(act, await contactOf()))
    await acting(desk, (act) =>
      acceptSaid(
        act,
        own.find(({ proof }) => proof === "visitor")!,
      ),
    )
  }
  const addressesFor = async () => {
    await say(id, "Aquí")
    const mails = await arrives()
    desk.clock.pass(hourMs)
    await chat.says("vst_sure", { as: "visitor" })
    return mails.flatMap(({ to }) => to)
  }
  await accept()
  assert.deepEqual(await addressesFor(), ["sure@example.com"])
  const other = await ana.call("POST", "/contacts", { name: "La misma" })
  const merged = await ana.call("POST", `/contacts/${await contactOf()}/merge`, { into: other.body["id"] })
  assert.equal(merged.status, 200, JSON.stringify(merged.body))
  assert.deepEqual(await addressesFor(), ["sure@example.com"])
  await speak("vst_sure", "newer@example.com")
  assert.deepEqual(await addressesFor(), ["newer@example.com"])
  await accept()
  assert.deepEqual(await addressesFor(), ["newer@example.com"])
})
