import assert from "node:assert/strict"
import { connect, type AddressInfo, type Socket } from "node:net"
import { text } from "node:stream/consumers"
import { createServer, type IncomingMessage } from "node:http"
import { after, test } from "node:test"
import { waitUntil } from "#test/server-process.ts"
import { createSlowRequestGuard } from "./slow-upload-guard.ts"

let clock = 0
const pass = (ms: number) => void (clock += ms)
const keeper = createSlowRequestGuard({ idleMs: 20_000, graceMs: 30_000, bytesPerSecond: 1_000 }, () => clock)
const arrived: IncomingMessage[] = []
const server = createServer((request, response) => {
  keeper.watch(request, response)
  arrived.push(request)
  void text(request).then(
    (body) => response.end(`${body.length} bytes`),
    () => response.destroy(),
  )
})
await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))
after(() => (server.closeAllConnections(), server.close()))

/** Sends the head of a request for so many bytes, and later some of them. */
async function begin(
  length: number,
): Promise<{ client: Socket; said: Promise<string>; give: (bytes: number) => Promise<void> }> {
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1")
  const before = arrived.length
  client.write(`POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: ${length}\r\n\r\n`)
  await waitUntil("the request is there", async () => arrived.length > before)
  const request = arrived.at(-1)!
  let given = request.socket.bytesRead
  const give = async (bytes: number) => {
    client.write("x".repeat(bytes))
    given += bytes
    await waitUntil("the bytes are there", async () => request.socket.bytesRead === given)
  }
  return { client, said: text(client), give }
}

test("a large body on a slow line comes in, however long it takes, while it goes on", async () => {
  const { said, give } = await begin(600_000)
  for (let sent = 0; sent < 600_000; sent += 20_000) {
    pass(15_000)
    keeper.check()
    await give(20_000)
  }
  assert.match(await said, /600000 bytes$/)
  keeper.check()
  assert.equal(keeper.size(), 0)
})

test("a body that stands still is ended", async () => {
  const { said, give } = await begin(600_000)
  await give(500_000)
  keeper.check()
  pass(20_001)
  keeper.check()
  assert.match(await said, /^HTTP\/1.1 408 /)
  assert.equal(keeper.size(), 0)
})

test("a body that trickles only to stay is ended, whatever length it promised", async () => {
  const { said, give } = await begin(25_000_000)
  let alive = 0
  while (keeper.size() > 0) {
    await give(10)
    pass(10_000)
    keeper.check()
    alive++
  }
  assert.match(await said, /^HTTP\/1.1 408 /)
  assert.ok(alive <= 4, `${alive}`)
})
