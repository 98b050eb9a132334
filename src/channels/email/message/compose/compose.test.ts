import assert from "node:assert/strict"
import { test } from "node:test"
import { composeBody } from "./compose-body.ts"
import { referencesOf } from "./references.ts"

test("a mail of ours has text and HTML, its signature, and its pictures along with it", () => {
  const html = '<p>Hola, <strong>Ana</strong></p><img src="/api/v1/attachments/att_1" alt="" />'
  const body = composeBody({ text: "Hola, Ana\n", html, signature: "Mesa & Cía.\nTel. 555" })
  assert.equal(body.text, "Hola, Ana\n\n-- \nMesa & Cía.\nTel. 555")
  assert.match(
    body.html,
    /^<div class="hilo_message"><p>Hola, <strong>Ana<\/strong><\/p><img src="cid:att_1" alt="" \/><\/div>/,
  )
  assert.match(body.html, /-- <br>Mesa &amp; Cía\.<br>Tel\. 555/)
  assert.deepEqual([...body.pictures], ["att_1"])
  const plain = composeBody({ text: "1 < 2\n& 3", html: null, signature: " " })
  assert.equal(plain.text, "1 < 2\n& 3")
  assert.equal(plain.html, '<div class="hilo_message"><p>1 &lt; 2<br>&amp; 3</p></div>')
})

test("References keep the first id and as many of the last as 1,000 characters hold", () => {
  const ids = Array.from({ length: 60 }, (_, n) => `${String(n).padStart(3, "0")}${"x".repeat(60)}@example.com`)
  const kept = referencesOf(ids, "last@example.com")
  assert.equal(kept[0], ids[0])
  assert.equal(kept.at(-1), "last@example.com")
  assert.deepEqual(kept.slice(1, -1), ids.slice(ids.length - (kept.length - 2)))
  assert.ok(kept.map((id) => `<${id}>`).join(" ").length <= 1_000 && kept.length > 10)
  assert.deepEqual(referencesOf(["a b", "x>y", "ok@x", `${"y".repeat(2_000)}@x`, "ok@x"], null), ["ok@x"])
  assert.deepEqual(referencesOf([], null), [])
})
