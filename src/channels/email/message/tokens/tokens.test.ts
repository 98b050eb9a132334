import assert from "node:assert/strict"
import { test } from "node:test"
import { newId } from "#kernel/ids.ts"
import { createSecrets } from "#kernel/secrets.ts"
import { replyAddress, threadOfReplyAddress, withoutToken } from "./address-token.ts"
import { messageOfMessageId, signedMessageId } from "./signed-message-id.ts"

const secrets = createSecrets("a secret of this desk")
const otherDesk = createSecrets("a secret of another desk")
const threadId = newId("mth")

test("an address leads to its mail thread by its token, in any case of letters, and to none when anything is changed", () => {
  const address = replyAddress(secrets, "soporte@example.org", threadId)!
  assert.match(address, /^soporte\+[a-z2-7]{42}@example\.org$/)
  assert.equal(threadOfReplyAddress(secrets, address), threadId)
  assert.equal(threadOfReplyAddress(secrets, ` ${address.toUpperCase()} `), threadId)
  assert.equal(threadOfReplyAddress(otherDesk, address), null)
  for (let at = address.indexOf("+") + 1; at < address.indexOf("@"); at++) {
    const other = address[at] === "a" ? "b" : "a"
    assert.equal(threadOfReplyAddress(secrets, address.slice(0, at) + other + address.slice(at + 1)), null)
  }
  for (const none of ["soporte@example.org", "soporte+x@example.org", "+@", "", address.split("@")[0]!])
    assert.equal(threadOfReplyAddress(secrets, none), null, none)
})

test("a token fits where the local part leaves room for it, and is no part of what is shown", () => {
  const local = "a".repeat(21)
  assert.equal(replyAddress(secrets, `${local}@x.example`, threadId)!.split("@")[0]!.length, 64)
  assert.equal(replyAddress(secrets, `${local}a@x.example`, threadId), null)
  assert.equal(withoutToken(replyAddress(secrets, "Soporte@example.org", threadId)!), "soporte@example.org")
  assert.equal(withoutToken("Ana+compras@example.org"), "ana+compras@example.org")
})

test("a Message-ID of ours names its message, and nobody else makes one", () => {
  const messageId = newId("msg")
  const id = signedMessageId(secrets, messageId, "example.org")
  assert.equal(messageOfMessageId(secrets, id), messageId)
  assert.equal(messageOfMessageId(secrets, id.replace("example.org", "relay.example")), messageId)
  assert.equal(messageOfMessageId(otherDesk, id), null)
  assert.equal(messageOfMessageId(secrets, id.replace(messageId, newId("msg"))), null)
  // A signature for an address is none for a Message-ID.
  const token = replyAddress(secrets, "a@x.example", threadId)!.slice(2, 44)
  assert.equal(messageOfMessageId(secrets, `msg_${threadId.slice(4)}.${token.slice(26)}@x.example`), null)
})
