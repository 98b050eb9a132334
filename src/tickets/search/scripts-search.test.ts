// Texts that are written without blanks, and digits of other scripts.
import assert from "node:assert/strict"
import { test } from "node:test"
import { member, openDesk, acting } from "#test/desks/test-desk.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { openSupportTicket } from "../creation/open-support-ticket.ts"
import { ticketRoutes } from "../routes.ts"

const desk = await openDesk(ticketRoutes)
const root = await member(desk, { email: "root@example.com", name: "Root", role: "admin" })
const source = await openMessageSource(desk)
let phones = 0
const says = async (text: string) =>
  (await source.says(`+5730041${String(++phones).padStart(5, "0")}`, { text, name: "" })).ticket!.id
const finds = async (q: string) => {
  const { status, body } = await root.call("GET", `/tickets?q=${encodeURIComponent(q)}`)
  assert.equal(status, 200, JSON.stringify(body))
  return (body["items"] as { id: string }[]).map(({ id }) => id)
}

const chinese = await says("订单没有收到物流，iPhone15手机")
const japanese = await says("昨日注文した商品がまだ届きません")
const thai = await says("ยังไม่ได้รับสินค้าที่สั่งซื้อ")
const arabic = await says("رقم الطلب ٤٥٢١ لم يصل")
const wide = await says("Ｐｅｄｉｄｏ ９８７６５")
const devanagari = await says("ऑर्डर १२३४५ नहीं मिला")

const cases: [string, string, string[]][] = [
  ["Chinese", chinese, ["物流", "订单", "没有收到", "订单没有收到物流", "收", "到物", "手机", "iphone15", "物流 订单"]],
  ["Japanese", japanese, ["商品", "届きません", "注文した", "まだ"]],
  ["Thai", thai, ["สินค้า", "สั่งซื้อ", "ยังไม่ได้รับ"]],
  ["Arabic", arabic, ["4521", "٤٥٢١", "۴۵۲۱", "الطلب"]],
  ["full-width letters and digits", wide, ["pedido 98765", "９８７６５", "ｐｅｄｉｄｏ", "987"]],
  ["Devanagari", devanagari, ["12345", "१२३४५"]],
]
for (const [name, id, texts] of cases)
  test(`what is written in ${name} is found`, async () => {
    for (const q of texts) assert.deepEqual(await finds(q), [id], q)
  })

test("what is not written there is not found", async () => {
  for (const q of ["流物", "退款", "订单收到", "4522", "สินค้าหมด"]) assert.deepEqual(await finds(q), [], q)
})

test("a subject is found so too, and a long text has room", async () => {
  const { id } = await acting(desk, (act) =>
    openSupportTicket(act, { subject: "申请退款", description: "", channel: "web" }),
  )
  assert.deepEqual(await finds("退款"), [id])
  const long = String.fromCodePoint(...Array.from({ length: 65_000 }, (_, n) => 0x20000 + ((n * 7919) % 40_000)))
  const written = await says(long)
  assert.deepEqual(await finds([...long].slice(100, 105).join("")), [written])
})
