import assert from "node:assert/strict"
import { test } from "node:test"
import { frameAncestors, isAllowedSite, normalizeSite } from "./allowed-sites.ts"

test("a site is a scheme and a host, with a port or a wildcard before it, and nothing that could end a header's list", () => {
  const cases: [string, string | null][] = [
    ["https://shop.example", "https://shop.example"],
    [" HTTPS://Shop.Example:443/ ", "https://shop.example"],
    ["http://localhost:3000", "http://localhost:3000"],
    ["https://*.shop.example", "https://*.shop.example"],
    ["https://tienda-niña.example", "https://xn--tienda-nia-19a.example"],
    ["shop.example", null],
    ["https://shop.example/path", null],
    ["https://*.com", null],
    ["https://*", null],
    ["*", null],
    ["https://a.*.example", null],
    ["https://a.example; script-src *", null],
    ["https://a.example,b.example", null],
    ["https://user:word@a.example", null],
    ["https://[::1]", null],
    ["javascript://a.example", null],
    ["'self'", null],
    ["", null],
  ]
  for (const [text, site] of cases) assert.equal(normalizeSite(text), site, text)
})

test("a page's origin is looked for in the list, and an empty list allows every page", () => {
  const sites = ["https://shop.example", "https://*.shop.example", "http://localhost:3000"]
  const cases: [string, boolean][] = [
    ["https://shop.example", true],
    ["https://shop.example:8443", false],
    ["http://shop.example", false],
    ["https://de.shop.example", true],
    ["https://a.b.shop.example", true],
    ["https://evilshop.example", false],
    ["https://shop.example.evil", false],
    ["http://localhost:3000", true],
    ["null", false],
  ]
  for (const [origin, isAllowed] of cases) assert.equal(isAllowedSite(origin, sites), isAllowed, origin)
  assert.equal(isAllowedSite("null", []), true)
  assert.deepEqual([frameAncestors([]), frameAncestors(sites.slice(0, 1))], ["*", "'self' https://shop.example"])
})
