import assert from "node:assert/strict"
import { test } from "node:test"
import {
  addRecipients,
  countRecipients,
  endsAddress,
  mostRecipients,
  readTyped,
  removeRecipient,
  replyToOne,
} from "./edit-recipients.ts"
import { basisOf, canBeSent, recipientsFor, replyToAll } from "./recipients.ts"

const address = (name: string) => ({ name, address: `${name.toLowerCase()}@example.org` })
const suggested = { from: [], to: [address("Carla")], cc: [address("Bea"), address("Luis")] }

test("an answer goes to all who took part, or to the writer alone", () => {
  assert.equal(countRecipients(replyToAll(suggested)), 3)
  assert.deepEqual(replyToOne(suggested).cc, [])
})

test("everybody stands once, where they were put last, and no more than the server takes", () => {
  const moved = addRecipients(replyToAll(suggested), "bcc", [{ name: "", address: "BEA@example.org" }, address("Eva")])
  assert.deepEqual([moved.cc.length, moved.bcc.length], [1, 2])
  assert.equal(countRecipients(removeRecipient(moved, "Carla@example.org")), 3)
  const many = Array.from({ length: 80 }, (_, at) => address(`N${at}`))
  assert.equal(countRecipients(addRecipients(moved, "cc", many)), mostRecipients)
})

test("what was chosen holds until something else is suggested, and a mail needs somebody in To", () => {
  const recipients = removeRecipient({ ...replyToAll(suggested), quote: true }, "luis@example.org")
  const chosen = { recipients, basis: basisOf(suggested) }
  const later = { ...suggested, cc: [...suggested.cc, address("Eva")] }
  assert.equal(recipientsFor(suggested, chosen), recipients)
  assert.deepEqual(recipientsFor(later, chosen), replyToAll(later))
  assert.equal(recipientsFor(later, { recipients, basis: null }), recipients)
  assert.deepEqual(recipientsFor(suggested, null), replyToAll(suggested))
  assert.deepEqual([canBeSent(recipients), canBeSent(removeRecipient(recipients, "carla@example.org"))], [true, false])
})

const typed: [string, string[], rest: string][] = [
  ["bea@example.org", ["bea@example.org"], ""],
  ["Bea <BEA@example.org>; luis@example.org,", ["Bea bea@example.org", "luis@example.org"], ""],
  ['"Paz, Eva" <eva@example.org>', ["Paz, Eva eva@example.org"], ""],
  ["bea@, eva@example.org", ["eva@example.org"], "bea@"],
  ["a b@example.org", [], "a b@example.org"],
  ["", [], ""],
]

for (const [text, addresses, rest] of typed)
  test(`"${text}" is ${addresses.length} addresses`, () => {
    const read = readTyped(text)
    assert.deepEqual(
      read.addresses.map(({ name, address: one }) => `${name} ${one}`.trim()),
      addresses,
    )
    assert.equal(read.rest, rest)
  })

test("a comma in a quoted name ends no address, and one behind it does", () => {
  const ends = ['"Pérez', '"Pérez, Ana" <ana@example.org>', "ana@example.org"].map((before) => endsAddress(before, ","))
  assert.deepEqual(ends, [false, true, true])
})
