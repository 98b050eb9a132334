import assert from "node:assert/strict"
import { mkdtempSync } from "node:fs"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { after, test } from "node:test"
import { setTimeout as pause } from "node:timers/promises"
import { inspect } from "node:util"
import { createLog } from "../log.ts"
import { createServer } from "./server.ts"
import { recentFaults } from "../recent-faults.ts"
import { openFileStorage } from "../storage/file-storage.ts"

const failed = (code: string) => Object.assign(new Error("it failed"), { code })
let toThrow: () => unknown = () => undefined
const app = createServer({ log: createLog("silent"), authenticate: async () => null, trustedProxies: [] })
app.get("/", { config: { access: "public" } }, async () => {
  throw await toThrow()
})
app.get("/stored", { config: { access: "public" } }, async () => ({ ok: true }))
app.get("/file", { config: { access: "public" } }, async (_request, reply) =>
  reply
    .header("content-length", 4)
    .send(openFileStorage(join(mkdtempSync(join(tmpdir(), "hilo-gone-")), "x")).read("0".repeat(64))),
)
after(() => app.close())

const answerTo = async (error: () => unknown) => {
  toThrow = error
  const { statusCode, headers, body } = await app.inject({ url: "/" })
  const { code } = JSON.parse(body) as { code: string }
  return [statusCode, code, headers["retry-after"] !== undefined, headers["content-type"]]
}

const problem = "application/problem+json; charset=utf-8"

test("no room on a disk, of the database or of ours, is said with 507 and when to come back", async () => {
  for (const code of ["53100", "ENOSPC", "EDQUOT"]) {
    assert.deepEqual(await answerTo(() => failed(code)), [507, "disk_full", true, problem], code)
  }
  assert.ok(recentFaults().includes("disk full"))
})

test("a machine that fails otherwise is said with 503 and when to come back", async () => {
  const weak = ["53200", "53400", "58030", "58P01", "25006", "EIO", "EROFS", "EACCES", "EMFILE", "ENFILE"]
  for (const code of weak)
    assert.deepEqual(await answerTo(() => failed(code)), [503, "machine_weak", true, problem], code)
  assert.ok(recentFaults().includes("machine failing"))
  assert.deepEqual(recentFaults(performance.now() + 61_000), [])
})

test("a database that is away, full of connections or busy is said with 503 and when to come back", async () => {
  const away = ["53300", "57P01", "57P02", "57P03", "08006", "ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH"]
  for (const code of [...away, "57014", "55P03", "40P01", "40001"]) {
    assert.deepEqual(await answerTo(() => failed(code)), [503, "unavailable", true, problem], code)
  }
  const noneFree = new Error("timeout exceeded when trying to connect")
  assert.deepEqual(await answerTo(() => noneFree), [503, "unavailable", true, problem])
})

test("a race for something unique is nobody's fault: it may be sent again", async () => {
  const lost = () => Object.assign(failed("23505"), { constraint: "tickets_number_key" })
  assert.deepEqual(await answerTo(lost), [503, "unavailable", true, problem])
})

test("a wait that a time limit ended is no fault of the error's handler", async () => {
  const reason = async () => {
    const signal = AbortSignal.timeout(0)
    return pause(60_000, undefined, { signal, ref: false }).catch(() => signal.reason as unknown)
  }
  assert.equal(((await reason()) as { code: unknown }).code, 23)
  assert.deepEqual(await answerTo(reason), [503, "unavailable", true, problem])
})

test("what nobody expected, nothing at all included, is still a problem document", async () => {
  for (const odd of [undefined, null, "a text", 7, new Error("?"), { code: 7 }, failed("XX000")]) {
    assert.deepEqual(await answerTo(() => odd), [500, "internal", false, problem], inspect(odd))
  }
})

test("a file that is not where it was kept is no broken download", async () => {
  const { statusCode, headers, body } = await app.inject({ url: "/file" })
  assert.deepEqual([statusCode, (JSON.parse(body) as { code: string }).code], [503, "storage_away"])
  assert.notEqual(headers["content-length"], "4")
  assert.ok(recentFaults().includes("storage away"))
})

test("what is answered in JSON is kept by nobody, and no type is guessed", async () => {
  const { headers } = await app.inject({ url: "/stored" })
  assert.deepEqual([headers["cache-control"], headers["x-content-type-options"]], ["no-store", "nosniff"])
  assert.equal((await app.inject({ url: "/nothing" })).headers["x-content-type-options"], "nosniff")
})

test("a folder that cannot be written to, or is full, is seen before anybody sends a file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hilo-look-"))
  const storage = openFileStorage(folder)
  assert.equal(await storage.look(), null)
  await storage.put(Readable.from(["hola"]), 10)
  assert.equal(await openFileStorage(join(import.meta.filename, "not-a-folder")).look(), "storage away")
})

test("an address that cannot be decoded is a problem like any other", async () => {
  for (const url of ["/api/v1/tickets/%ED%A0%80", "/%ff", "/%"]) {
    const { statusCode, headers, body } = await app.inject({ url })
    assert.deepEqual(
      [statusCode, headers["content-type"], headers["x-content-type-options"]],
      [400, problem, "nosniff"],
    )
    assert.equal((JSON.parse(body) as { code: string }).code, "invalid", url)
  }
})

test("bytes that never become a request are answered with a problem too", async () => {
  const port = Number(new URL(await app.listen({ port: 0, host: "127.0.0.1" })).port)
  const saying = (bytes: string) =>
    new Promise<string>((done, fail) => {
      let received = ""
      const socket = connect(port, "127.0.0.1", () => socket.write(bytes))
      socket
        .on("data", (chunk) => (received += chunk))
        .on("error", fail)
        .on("close", () => done(received))
    })
  const cases: [string, number, string][] = [
    ["no method at all\r\n\r\n", 400, "invalid"],
    [
      "POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
      400,
      "invalid",
    ],
    [`GET /?q=${"x".repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, 431, "too_large"],
  ]
  for (const [bytes, status, code] of cases) {
    const [head = "", body = ""] = (await saying(bytes)).split("\r\n\r\n")
    assert.ok(head.startsWith(`HTTP/1.1 ${status} `) && head.includes(problem), head)
    assert.equal((JSON.parse(body) as { code: string }).code, code)
  }
})
