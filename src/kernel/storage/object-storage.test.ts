import assert from "node:assert/strict"
import { createHash, createHmac, randomBytes } from "node:crypto"
import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { buffer } from "node:stream/consumers"
import { after, test } from "node:test"
import { parseConfig } from "../config.ts"
import { openObjectStorage } from "./object-storage.ts"
import { Refusal } from "../errors.ts"
import { ChecksumMismatch, openFileStorage, FileTooLong } from "./file-storage.ts"

const secret = "s3cr/t+key"
const objects = new Map<string, Buffer>()
const lastModified = new Date()
const sha256 = (bytes: Buffer | string) => createHash("sha256").update(bytes).digest("hex")
const hmac = (key: Buffer | string, text: string) => createHmac("sha256", key).update(text).digest()

/** What the signature must be, by Amazon's description of version 4 and not by the library's. */
function signatureOf({ method, url, headers }: IncomingMessage, signed: string, scope: string): string {
  const names = signed.split(";")
  const lines = names.map((name) => `${name}:${String(headers[name])}\n`).join("")
  const canonical = [method, url, "", lines, signed, headers["x-amz-content-sha256"]].join("\n")
  const text = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, sha256(canonical)].join("\n")
  const key = scope.split("/").reduce<Buffer | string>((made, part) => hmac(made, part), `AWS4${secret}`)
  return hmac(key, text).toString("hex")
}

function isSigned(request: IncomingMessage, body: Buffer): boolean {
  const found = /^AWS4-HMAC-SHA256 Credential=AKIA1\/(\S+), SignedHeaders=(\S+), Signature=(\w+)$/.exec(
    request.headers.authorization ?? "",
  )
  const isWhole = request.headers["x-amz-content-sha256"] === sha256(body)
  return found !== null && isWhole && signatureOf(request, found[2]!, found[1]!) === found[3]
}

const bucket = createServer((request, response) => {
  void buffer(request).then((body) => {
    const { method = "", url = "" } = request
    if (!isSigned(request, body)) return response.writeHead(403).end()
    if (method === "PUT" && request.headers["content-length"] === undefined) return response.writeHead(411).end()
    if (method === "PUT") objects.set(url, body)
    if (method === "DELETE") return response.writeHead(objects.delete(url) ? 204 : 404).end()
    const found = objects.get(url)
    if (!found) return response.writeHead(404).end()
    return response
      .writeHead(200, { "last-modified": lastModified.toUTCString() })
      .end(method === "GET" ? found : undefined)
  })
})
await new Promise<void>((ready) => bucket.listen(0, "127.0.0.1", ready))
after(() => bucket.close())
const { port } = bucket.address() as AddressInfo
const folder = mkdtempSync(join(tmpdir(), "hilo-bucket-"))
after(() => rmSync(folder, { recursive: true }))
const url = (word: string) => `http://AKIA1:${encodeURIComponent(word)}@127.0.0.1:${port}/desk/files/?region=sa-east-1`
const storage = openFileStorage(folder, url(secret))
const put = (bytes: Buffer, longest = 1e7, promised?: string) => storage.put(Readable.from([bytes]), longest, promised)

test("a file goes to the bucket once, by its hash, and comes back whole", async () => {
  const bytes = randomBytes(300_000)
  const stored = await put(bytes)
  assert.deepEqual(stored, { sha256: sha256(bytes), size: bytes.length })
  assert.deepEqual([...objects.keys()], [`/desk/files/${stored.sha256.slice(0, 2)}/${stored.sha256}`])
  assert.deepEqual(await buffer(storage.read(stored.sha256)), bytes)
  assert.deepEqual([await storage.has(stored.sha256), await storage.has("0".repeat(64))], [true, false])
  await put(bytes)
  assert.equal(objects.size, 1)
  assert.deepEqual(readdirSync(folder), [], "no draft stays")
})

test("a bucket and a folder purge what is old, and keep what was put again since", async () => {
  const local = openFileStorage(join(folder, "local"))
  const day = 86_400_000
  for (const one of [storage, local]) {
    const { sha256: name } = await one.put(Readable.from([randomBytes(10)]), 100)
    await one.purge(name, new Date(lastModified.getTime() - day))
    assert.equal(await one.has(name), true)
    await one.purge(name, new Date(Date.now() + day))
    assert.equal(await one.has(name), false)
    await one.purge(name, new Date(Date.now() + day))
  }
  rmSync(join(folder, "local"), { recursive: true })
})

test("what is too long or damaged never reaches the bucket", async () => {
  const before = objects.size
  await assert.rejects(put(Buffer.alloc(11), 10), FileTooLong)
  await assert.rejects(put(Buffer.from("other"), 10, sha256("promised")), ChecksumMismatch)
  assert.deepEqual([objects.size, readdirSync(folder)], [before, []])
})

const away = (error: unknown) => error instanceof Refusal && error.code === "storage_away"

test("a bucket that says nothing is given up, for writing and for reading", async () => {
  const silent = createServer(() => {})
  await new Promise<void>((ready) => silent.listen(0, "127.0.0.1", ready))
  after(() => (silent.closeAllConnections(), silent.close()))
  const address = `http://AKIA1:secret@127.0.0.1:${(silent.address() as AddressInfo).port}/desk`
  const hanging = openObjectStorage(address, folder, { idleMs: 100, withinMs: 60_000 })
  await assert.rejects(hanging.put(Readable.from([randomBytes(10)]), 100), away)
  await assert.rejects(hanging.has("0".repeat(64)), away)
  await assert.rejects(buffer(hanging.read("0".repeat(64))), away)
})

test("a bucket that refuses is an error, and no missing file is an empty one", async () => {
  const wrong = openFileStorage(folder, url("another secret"))
  const refused = (error: Error) => away(error) && /403/.test(String(error.cause))
  await assert.rejects(wrong.put(Readable.from([Buffer.from("x")]), 10), refused)
  await assert.rejects(buffer(wrong.read("0".repeat(64))), refused)
  const missing = (error: Error) => /404/.test(String(error.cause))
  await assert.rejects(buffer(storage.read("0".repeat(64))), missing)
  assert.throws(() => storage.read("../../etc/passwd"), /not the name/)
})

test("a setting without a key, a secret or a bucket stops the start", () => {
  assert.ok(parseConfig({ S3_URL: url(secret) }).s3Url)
  for (const bad of ["https://s3.example.com/b", "https://k:s@s3.example.com", "https://k@s3.example.com/b"])
    assert.throws(() => parseConfig({ S3_URL: bad }), /S3_URL/)
})
