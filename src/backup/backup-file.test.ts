import assert from "node:assert/strict"
import { randomBytes } from "node:crypto"
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { buffer } from "node:stream/consumers"
import { after, test } from "node:test"
import { BackupError, openBackupFile, writeBackupFile } from "./backup-file.ts"
import { chunkBytes, decrypt, encrypt, EncryptedStreamDamaged, tagBytes } from "./encrypted-chunks.ts"
import { type EntryHead, readEntries, writeEntries } from "./backup-entry-format.ts"

const folder = mkdtempSync(join(tmpdir(), "hilo-backup-"))
after(() => rmSync(folder, { recursive: true }))
const { signal } = new AbortController()
const path = join(folder, "desk.backup")
const passphrase = "contraseña"

async function* inPieces(bytes: Buffer, length: number) {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}

const key = randomBytes(32)
const encrypted = (bytes: Buffer, length = 70_000) => buffer(encrypt(inPieces(bytes, length), key))
const decrypted = (bytes: Buffer, length = 50_000) => buffer(decrypt(inPieces(bytes, length), key))

test("what is encrypted comes back, whatever its length and in whatever pieces it comes", async () => {
  for (const length of [0, 1, chunkBytes - 1, chunkBytes, chunkBytes + 1, 3 * chunkBytes]) {
    const plain = randomBytes(length)
    const sealed = await encrypted(plain)
    assert.equal(sealed.length, length + tagBytes * Math.max(1, Math.ceil(length / chunkBytes)))
    assert.ok((await decrypted(sealed)).equals(plain), String(length))
    assert.ok((await decrypted(sealed, 1_000_000)).equals(plain), String(length))
  }
})

test("a stream that is cut off, longer, changed, reordered or of another key is noticed", async () => {
  const size = chunkBytes + tagBytes
  const sealed = await encrypted(randomBytes(3 * chunkBytes + 100))
  const chunk = (n: number) => sealed.subarray(n * size, (n + 1) * size)
  const flipped = [0, size - 1, size, 2 * size + 7, sealed.length - 1].map((at) => {
    const copy = Buffer.from(sealed)
    copy[at] = copy[at]! ^ 0x80
    return copy
  })
  const cut = [0, 1, tagBytes, size - 1, size, size + 1, 2 * size, 3 * size, sealed.length - 1].map((end) =>
    sealed.subarray(0, end),
  )
  const wrong = [
    ...flipped,
    ...cut,
    Buffer.concat([sealed, sealed.subarray(0, 1)]),
    Buffer.concat([sealed, chunk(3)]),
    Buffer.concat([chunk(1), chunk(0), chunk(2), chunk(3)]),
    Buffer.concat([chunk(0), chunk(0), chunk(2), chunk(3)]),
    Buffer.concat([chunk(0), chunk(1), chunk(3)]),
  ]
  for (const [n, bytes] of wrong.entries()) await assert.rejects(decrypted(bytes), EncryptedStreamDamaged, String(n))
  await assert.rejects(buffer(decrypt(inPieces(sealed, 50_000), randomBytes(32))), /damaged at byte 0$/)
})

test("entries come back as they were written, and a body that nobody reads is passed over", async () => {
  const heads: EntryHead[] = ["a", "b", "c"].map((sha256) => ({ kind: "file", sha256 }))
  const bodies = [[], [Buffer.from("x"), Buffer.alloc(0), randomBytes(300_000)], [Buffer.from("last")]]
  async function* entries() {
    for (const [n, head] of heads.entries()) yield { head, body: bodies[n]! }
  }
  const written = await buffer(writeEntries(entries()))
  for (const length of [1_000, 999_999]) {
    const found = []
    for await (const { head, body } of readEntries(inPieces(written, length)))
      found.push([head, head === heads[1] ? null : await buffer(body)])
    assert.deepEqual(
      found,
      heads.map((head, n) => [head, Buffer.concat(bodies[n]!)]),
    )
    const [last] = await Array.fromAsync(readEntries(inPieces(written, length)), ({ head }) => head).then((all) =>
      all.slice(-1),
    )
    assert.deepEqual(last, heads[2])
  }
  await assert.rejects(Array.fromAsync(readEntries(inPieces(written.subarray(0, -4), 1_000))), /ends within an entry/)
})

test("a file is there whole and for its owner alone, or not at all; its ends show what is none", async () => {
  const plain = randomBytes(2 * chunkBytes)
  await writeBackupFile(path, passphrase, { bytes: inPieces(plain, 10_000), signal })
  assert.equal(statSync(path).mode & 0o777, 0o600)
  let read = 0
  const opened = await openBackupFile(path, passphrase.normalize("NFD"))
  assert.ok((await buffer(opened.read((bytes) => (read = bytes)))).equals(plain))
  assert.ok(opened.size - read < 100)

  const broken = inPieces(plain, 10_000)
  const failing = (async function* () {
    yield (await broken.next()).value!
    throw Object.assign(new Error("write"), { code: "ENOSPC" })
  })()
  const other = join(folder, "other.backup")
  await assert.rejects(
    writeBackupFile(other, passphrase, { bytes: failing, signal }),
    /^Error: There is no room left for .*other\.backup/,
  )
  await assert.rejects(
    writeBackupFile(path, passphrase, { bytes: inPieces(plain, 10_000), signal }),
    /is there already/,
  )
  const nowhere = join(folder, "none", "desk.backup")
  const writing = writeBackupFile(nowhere, passphrase, { bytes: inPieces(plain, 10_000), signal })
  await assert.rejects(writing, /none\/desk\.backup cannot be written \(ENOENT\)\.$/)
  await assert.rejects(openBackupFile(nowhere, passphrase), /cannot be read \(ENOENT\)\.$/)
  assert.deepEqual(readdirSync(folder), ["desk.backup"])

  const whole = readFileSync(path)
  const refused = async (bytes: Buffer, message: RegExp, word = passphrase) => {
    writeFileSync(path, bytes)
    const opening = openBackupFile(path, word).then((file) => buffer(file.read(() => {})))
    await assert.rejects(opening, (error: Error) => error instanceof BackupError && message.test(error.message))
  }
  await refused(whole, /^The passphrase is not that of/, "another")
  await refused(Buffer.concat([Buffer.from("X"), whole.subarray(1)]), /is not a backup of Hilo\.$/)
  for (const length of [0, 50]) await refused(whole.subarray(0, length), /is not a whole backup of Hilo/)
  for (const length of [200, chunkBytes, whole.length - 1]) await refused(whole.subarray(0, length), /was cut off/)
  const within = Buffer.concat([whole.subarray(0, chunkBytes), whole.subarray(-8)])
  await refused(within, /is damaged at byte 0\.$/)
})
