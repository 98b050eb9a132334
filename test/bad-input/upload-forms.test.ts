// Forms that hold more than the one file they are for: said, and nothing of them is kept.
import assert from "node:assert/strict"
import { createHash, randomUUID } from "node:crypto"
import { test } from "node:test"
import { routes } from "../registered-routes.ts"
import { addressOf, app, headers, rowCounts } from "./app-and-valid-bodies-for-all-routes.ts"

const file = (name: string, bytes: string) =>
  `--b\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/plain\r\n\r\n${bytes}\r\n`
const field = '--b\r\ncontent-disposition: form-data; name="note"\r\n\r\nhola\r\n'
const csvWith = (city: string) =>
  `NUMERO GUIA,ESTATUS,TRANSPORTADORA,CIUDAD DESTINO,FECHA\r\n1234567,EN CAMINO,TCC,${city},20-11-2026\r\n`
const formsOf = (csv: string): Record<string, string> => ({
  "two files": file("a.csv", csv) + file("b.csv", csv),
  "three files": file("a.csv", csv) + file("b.csv", csv) + file("c.csv", csv),
  "a large second file": file("a.csv", csv) + file("b.csv", "x".repeat(2_000_000)),
  "a field before the file": field + file("a.csv", csv),
  "a field after the file": file("a.csv", csv) + field,
})

const chat = addressOf("/chat/:id/visitor")
const visitor = (await app.app.inject({ method: "POST", url: chat, payload: {} })).json<{ token: string }>()
const keyOf = (url: string) => (url.startsWith("/chat/") ? { authorization: `Bearer ${visitor.token}` } : headers)
const send = (url: string, form: string) =>
  app.app.inject({
    method: "POST",
    url: addressOf(url),
    payload: `${form}--b--\r\n`,
    headers: { "content-type": "multipart/form-data; boundary=b", ...keyOf(url) },
  })
const isKept = (text: string) => app.storage.has(createHash("sha256").update(text).digest("hex"))

const takesFiles = routes.filter(({ takesForms, method }) => takesForms && method === "POST")
// The answer by a mailed link takes ten files and answers in HTML: src/tracking/mailed-link.test.ts.
const uploads = takesFiles.filter(({ url }) => url !== "/track/ticket")

test("every route that takes a file is tried here", () => {
  assert.deepEqual(takesFiles.map(({ url }) => url).toSorted(), [
    "/api/v1/attachments",
    "/api/v1/incidents/movements",
    "/chat/:id/files",
    "/track/ticket",
  ])
})

for (const { url } of uploads)
  test(`${url} takes one file, and says so of a form with more`, async () => {
    // Nobody has ever kept it.
    const csv = csvWith(randomUUID())
    const before = await rowCounts()
    for (const [name, form] of Object.entries(formsOf(csv))) {
      const { statusCode, body } = await send(url, form)
      const { errors } = JSON.parse(body) as { errors?: { path: string }[] }
      assert.deepEqual([statusCode, errors?.map(({ path }) => path)], [400, ["file"]], `${name}: ${body}`)
    }
    assert.deepEqual(await rowCounts(), before)
    assert.equal(await isKept(csv), false)
    const { statusCode, body } = await send(url, file("a.csv", csv))
    assert.ok(statusCode === 200 || statusCode === 201, body)
  })
