import assert from "node:assert/strict"
import { after, test } from "node:test"
import { gunzipSync } from "node:zlib"
import { createLog } from "../log.ts"
import { compressList } from "./compress-list.ts"
import { createServer } from "./server.ts"

const rows = (count: number) => ({ items: Array.from({ length: count }, (_, nth) => ({ id: nth, name: "Ñandú" })) })
const config = { access: "public" } as const
const app = createServer({ log: createLog("silent"), authenticate: async () => null, trustedProxies: [] })
app.get("/long", { config, onSend: compressList }, async () => rows(200))
app.get("/short", { config, onSend: compressList }, async () => rows(3))
app.get("/other", { config }, async () => rows(200))
after(() => app.close())

async function ask(url: string, codings?: string) {
  const { headers, rawPayload } = await app.inject({ url, headers: codings ? { "accept-encoding": codings } : {} })
  assert.equal(headers["content-length"], String(rawPayload.length))
  const isCompressed = headers["content-encoding"] === "gzip"
  const text = String(isCompressed ? gunzipSync(rawPayload) : rawPayload)
  assert.deepEqual(JSON.parse(text), rows(url === "/short" ? 3 : 200))
  return { isCompressed, headers, size: rawPayload.length }
}

test("a long list is compressed for clients that accept gzip, and kept from caches as before", async () => {
  const { isCompressed, headers, size } = await ask("/long", "gzip, deflate, br, zstd")
  assert.equal(isCompressed, true)
  assert.ok(size < 2_000, `${size} bytes`)
  assert.deepEqual(
    [headers["vary"], headers["cache-control"], headers["content-type"]],
    ["accept-encoding", "no-store", "application/json; charset=utf-8"],
  )
  for (const codings of ["br;q=1.0, GZIP;q=0.8", " gzip ; q=0.001"])
    assert.equal((await ask("/long", codings)).isCompressed, true, codings)
})

test("nothing is compressed for those who do not take it, nor what is short, nor where the route does not say so", async () => {
  for (const codings of ["", "identity", "br", "gzip;q=0", "gzip; q=0.00", "xgzip", "*;q=0"])
    assert.equal((await ask("/long", codings)).isCompressed, false, codings)
  assert.equal((await ask("/short", "gzip")).isCompressed, false)
  assert.equal((await ask("/other", "gzip")).isCompressed, false)
})
