// Whatever is sent where a body belongs, the answer says what is wrong with it and never that something broke.
import assert from "node:assert/strict"
import { test } from "node:test"
import { gzipSync } from "node:zlib"
import { routes } from "../registered-routes.ts"
import { member } from "../desks/test-desk.ts"
import { addressOf, app } from "./app-and-valid-bodies-for-all-routes.ts"

// Not a session: one of the routes ends it.
const { key } = await member(app, { email: "door@example.com", name: "Door", role: "admin" })

const part = (head: string, body: string, end = "\r\n--b--\r\n") => `--b\r\n${head}\r\n\r\n${body}${end}`
const file = 'content-disposition: form-data; name="file"; filename="a.txt"'
const form = "multipart/form-data; boundary=b"

const bodies: Record<string, [type: string | undefined, body: string | Buffer]> = {
  "JSON that ends early": ["application/json", '{"subject":"ho'],
  "JSON of nothing": ["application/json", ""],
  "JSON of a number": ["application/json", "7"],
  "JSON with a prototype": ["application/json", '{"__proto__":{"x":1}}'],
  "JSON nested deeply": ["application/json", "[".repeat(100_000)],
  "JSON in no encoding": ["application/json", Buffer.from([0x22, 0xff, 0xfe, 0x22])],
  "JSON in an encoding of its own": ["application/json; charset=klingon", "{}"],
  "a form without a boundary": ["multipart/form-data", part(file, "hola")],
  "a form with an empty boundary": ["multipart/form-data; boundary=", part(file, "hola")],
  "a form that ends in its file": [form, part(file, "hola", "")],
  "a form that ends in a head": [form, "--b\r\ncontent-dispo"],
  "a form whose head is none": [form, part("this is no head", "hola")],
  "a form without a name": [form, part("content-type: text/plain", "hola")],
  "a form with a field": [form, part('content-disposition: form-data; name="x"', "hola")],
  "a form with two files": [form, part(file, "hola", "\r\n") + part(file, "otra")],
  "a form of nothing": [form, ""],
  "a form of its end alone": [form, "--b--\r\n"],
  "an encoded form": ["application/x-www-form-urlencoded", "a=%zz&b[]=1"],
  "plain text": ["text/plain", "hola"],
  "CSV that is none": ["text/csv", '"a\n"b"c'],
  "a spreadsheet that is none": [
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "PK\x03\x04nothing",
  ],
  bytes: ["application/octet-stream", Buffer.from([0, 1, 2, 255])],
  "a type that is none": ["nothing", "hola"],
  "no type at all": [undefined, "hola"],
}

const targets = routes.filter(({ method, url }) => /^(POST|PUT|PATCH|DELETE)$/.test(method) && !url.startsWith("/docs"))

for (const [name, [type, payload]] of Object.entries(bodies)) {
  test(`${name} is refused, or taken for nothing, by every route`, async () => {
    for (const { method, url } of targets) {
      const answer = await app.app.inject({
        method: method as "POST",
        url: addressOf(url),
        payload,
        headers: { authorization: `Bearer ${key}`, ...(type !== undefined && { "content-type": type }) },
      })
      assert.ok(answer.statusCode < 500, `${method} ${url}: ${answer.statusCode} ${answer.body.slice(0, 200)}`)
      if (url === "/api/v1/attachments") assert.notEqual(answer.statusCode, 401, "the key still opens")
    }
  })
}

test("what is wrong is named: the encoding, the forbidden field, the part that is no file", async () => {
  const latin = Buffer.from('{"subject":"Señal"}', "latin1")
  const cases: [url: string, type: string, payload: string | Buffer, path: string][] = [
    ["tickets", "application/json", latin, "body"],
    ["tickets", "application/json", '{"subject":"x","customFields":{"__proto__":{"x":1}}}', "customFields.__proto__"],
    ["attachments", form, part('content-disposition: form-data; name="x"', "hola"), "file"],
    ["attachments", form, part('content-disposition: form-data; name="file"', "hola"), "file"],
    ["attachments", "application/json", "{}", "file"],
  ]
  for (const [url, type, payload, path] of cases) {
    const headers = { authorization: `Bearer ${key}`, "content-type": type }
    const answer = await app.app.inject({ method: "POST", url: `/api/v1/${url}`, payload, headers })
    const { errors } = answer.json<{ errors?: { path: string }[] }>()
    assert.deepEqual([answer.statusCode, errors?.map((e) => e.path)], [400, [path]], answer.body)
  }
})

test("a packed body is refused by the header that says so, once its sender is known", async () => {
  const payload = gzipSync('{"subject":"x"}')
  const packed = { "content-type": "application/json", "content-encoding": "gzip" }
  const send = (headers: Record<string, string>, body: Buffer | string = payload) =>
    app.app.inject({ method: "POST", url: "/api/v1/tickets", payload: body, headers })
  assert.equal((await send(packed)).statusCode, 401)
  const answer = await send({ ...packed, authorization: `Bearer ${key}` })
  const { errors } = answer.json<{ errors?: { path: string }[] }>()
  assert.deepEqual([answer.statusCode, errors?.map((e) => e.path)], [415, ["header Content-Encoding"]], answer.body)
  assert.equal(answer.headers["accept-encoding"], "identity")
  const plain = { ...packed, "content-encoding": "identity", authorization: `Bearer ${key}` }
  assert.equal((await send(plain, '{"subject":"x"}')).statusCode, 201)
})
