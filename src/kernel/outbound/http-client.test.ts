import assert from "node:assert/strict"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { type AddressInfo, createServer as createPlainServer, type Socket } from "node:net"
import { Readable } from "node:stream"
import { buffer, text } from "node:stream/consumers"
import { after, test } from "node:test"
import { type OutboundRequest, createOutbound, OutboundFailure } from "./http-client.ts"

type Answer = (request: IncomingMessage, response: ServerResponse) => void

async function listen(answer: Answer, host = "127.0.0.1"): Promise<{ port: number; connections: Socket[] }> {
  const server = createServer(answer)
  const connections: Socket[] = []
  server.on("connection", (socket) => connections.push(socket))
  await new Promise<void>((ready) => server.listen(0, host, ready))
  after(() => {
    server.close()
    server.closeAllConnections()
  })
  return { port: (server.address() as AddressInfo).port, connections }
}

const limits = { idleMs: 20_000, withinMs: 20_000 }
const get = (url: string, more: Partial<OutboundRequest> = {}): OutboundRequest => ({
  method: "GET",
  url,
  chosenBy: "user",
  ...limits,
  ...more,
})
const hello: Answer = (_request, response) => void response.end("hello")
const neverLeft = (error: unknown) => error instanceof OutboundFailure && error.neverLeft && !error.timedOut
/** Stands for the internet: this test must not leave the machine. */
const isOpen = (ip: string) => ip === "127.0.0.2"
const at = (...addresses: string[]) => addresses.map((address) => ({ address, family: 4 }))

test("an address of a user's choice reaches nothing private, however it is written", async () => {
  const { port, connections } = await listen(hello)
  const outbound = createOutbound({ allowPrivate: [] })
  const hosts = `127.0.0.1 localhost LOCALHOST localhost. 2130706433 0x7f000001 0x7f.1 0177.0.0.1 017700000001 127.1 0 0.0.0.0
    [::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:127.0.0.1] [::127.0.0.1] [fe80::1] [fd00::1] 127.0.0.1.`
  for (const host of hosts.split(/\s+/)) {
    await assert.rejects(outbound.ask(get(`http://${host}:${port}/`)), neverLeft, host)
  }
  assert.equal(connections.length, 0)
})

test("no address is taken that carries credentials or speaks something else than HTTP", async () => {
  const { port, connections } = await listen(hello)
  const outbound = createOutbound({ allowPrivate: ["127.0.0.1"] })
  for (const url of [
    `http://user:word@127.0.0.1:${port}/`,
    `http://user@127.0.0.1:${port}/`,
    "file:///etc/passwd",
    "x",
  ]) {
    assert.equal(outbound.refuses(url), true, url)
    await assert.rejects(outbound.ask(get(url)), neverLeft, url)
  }
  assert.equal(connections.length, 0)
})

test("what is refused and what is not there look the same", async () => {
  const { port } = await listen(hello)
  const outbound = createOutbound({ allowPrivate: [] })
  const failures = [`http://127.0.0.1:${port}/`, "http://127.0.0.1:1/", "http://10.0.0.1/", "http://localhost:1/"].map(
    (url) =>
      outbound.ask(get(url)).then(
        () => assert.fail("it was reached"),
        ({ message, neverLeft: never, timedOut }: OutboundFailure) => ({ message, never, timedOut }),
      ),
  )
  const [first, ...others] = await Promise.all(failures)
  for (const other of others) assert.deepEqual(other, first)
})

test("a host that the operator lists is reached, and so is whatever the operator chose", async () => {
  const { port } = await listen(hello)
  const listed = createOutbound({ allowPrivate: ["LocalHost", "0:0::1", "127.0.0.1"] })
  for (const host of ["localhost", "127.0.0.1", "2130706433"]) {
    assert.equal(await (await listed.ask(get(`http://${host}:${port}/`))).text(100), "hello", host)
  }
  const url = `http://127.0.0.1:${port}/`
  const reply = await createOutbound({ allowPrivate: [] }).ask(get(url, { chosenBy: "operator" }))
  assert.equal(await reply.text(100), "hello")
})

test("a connection that the operator's choice opened does not serve a user's", async () => {
  const { port, connections } = await listen(hello)
  const outbound = createOutbound({ allowPrivate: [], resolve: async () => at("127.0.0.1") })
  const url = `http://inside.test:${port}/`
  assert.equal(await (await outbound.ask(get(url, { chosenBy: "operator" }))).text(100), "hello")
  await assert.rejects(outbound.ask(get(url)), neverLeft)
  assert.equal(connections.length, 1)
})

test("the address that was checked is the one that is connected to, whatever the name says next", async () => {
  const outside = await listen((_request, response) => void response.end("outside"), "127.0.0.2")
  const inside = await listen(hello)
  const answers = [at("127.0.0.2"), at("127.0.0.1")]
  const outbound = createOutbound({ allowPrivate: [], isOpen, resolve: async () => answers.shift()! })
  const reply = await outbound.ask(get(`http://changing.test:${outside.port}/`))
  assert.deepEqual([await reply.text(100), answers.length], ["outside", 1], "asked once")
  await assert.rejects(outbound.ask(get(`http://changing.test:${inside.port}/`)), neverLeft)
  assert.equal(inside.connections.length, 0)
})

test("one private address among public ones spoils the name, and so does none at all", async () => {
  const inside = await listen(hello)
  for (const answer of [at("127.0.0.2", "127.0.0.1"), at("127.0.0.1", "127.0.0.2"), []]) {
    const outbound = createOutbound({ allowPrivate: [], isOpen, resolve: async () => answer })
    await assert.rejects(outbound.ask(get(`http://mixed.test:${inside.port}/`)), neverLeft)
  }
  assert.equal(inside.connections.length, 0)
})

test("a redirect is an answer and is not followed", async () => {
  const inside = await listen(hello)
  const target = `http://127.0.0.1:${inside.port}/`
  const { port } = await listen((_request, response) => void response.writeHead(302, { location: target }).end())
  const outbound = createOutbound({ allowPrivate: ["127.0.0.1"] })
  const reply = await outbound.ask(get(`http://127.0.0.1:${port}/`))
  assert.deepEqual([reply.status, reply.header("location")], [302, target])
  assert.equal(inside.connections.length, 0)
})

test("an answer that never comes, and one that never ends, are given up", async () => {
  const silent = createPlainServer(() => {})
  await new Promise<void>((ready) => silent.listen(0, "127.0.0.1", ready))
  after(() => silent.close())
  const { port } = await listen((_request, response) => {
    const drip = setInterval(() => response.write("."), 5)
    response.on("close", () => clearInterval(drip))
  })
  const outbound = createOutbound({ allowPrivate: ["127.0.0.1"] })
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`
  const gaveUp = (error: unknown) => error instanceof OutboundFailure && error.timedOut
  await assert.rejects(outbound.ask(get(url, { idleMs: 50 })), gaveUp)
  await assert.rejects(outbound.ask(get(url, { withinMs: 50 })), gaveUp)
  const endless = outbound.ask(get(`http://127.0.0.1:${port}/`, { withinMs: 200 })).then((reply) => reply.text(1e9))
  await assert.rejects(endless)
})

test("an answer is read no further than it may be long", async () => {
  const { port } = await listen((_request, response) => void response.end(Buffer.alloc(100_000)))
  const reply = await createOutbound({ allowPrivate: ["127.0.0.1"] }).ask(get(`http://127.0.0.1:${port}/`))
  await assert.rejects(reply.text(1_000), { message: "more than 1000 bytes" })
})

test("bodies arrive whole with their length: text, bytes and streams", async () => {
  const { port } = await listen((request, response) => {
    void text(request).then((body) => response.end(`${request.headers["content-length"]} ${body}`))
  })
  const outbound = createOutbound({ allowPrivate: ["127.0.0.1"] })
  const post = async (body: OutboundRequest["body"]) =>
    (await buffer((await outbound.ask(get(`http://127.0.0.1:${port}/`, { method: "POST", body }))).body)).toString()
  assert.equal(await post("año"), "4 año")
  assert.equal(await post(Buffer.from("año")), "4 año")
  assert.equal(await post({ bytes: Readable.from([Buffer.from("a"), Buffer.from("ño")]), length: 4 }), "4 año")
})
