import assert from "node:assert/strict"
import { Readable } from "node:stream"
import { test } from "node:test"
import { oneLargeMailAtATime, wholeMail } from "./whole-mail.ts"

test("a mail is whole in a buffer of its own, whatever the server said of its size", async () => {
  const chunks = () => Readable.from([Buffer.from("uno"), Buffer.from(""), Buffer.from("dos"), Buffer.from("tres")])
  for (const expected of [0, 1, 9, 10, 1_000]) {
    const bytes = await wholeMail(chunks(), expected)
    assert.deepEqual([Buffer.from(bytes).toString(), bytes.buffer.byteLength], ["unodostres", 10])
  }
})

test("of large mails one is worked on at a time, also after one that failed; small ones wait for none", async () => {
  const log: string[] = []
  const gate = Promise.withResolvers<void>()
  const work =
    (name: string, until: Promise<void> = Promise.resolve()) =>
    async () => {
      log.push(`${name} begins`)
      await until
      log.push(`${name} ends`)
      if (name === "one") throw new Error("broken")
    }
  const large = 5_000_000
  const one = assert.rejects(oneLargeMailAtATime(large, work("one", gate.promise)))
  const two = oneLargeMailAtATime(large, work("two"))
  await oneLargeMailAtATime(1_000, work("small"))
  gate.resolve()
  await Promise.all([one, two])
  assert.deepEqual(log, ["small begins", "one begins", "small ends", "one ends", "two begins", "two ends"])
})
