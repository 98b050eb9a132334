import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { formatText } from "#texts/format-text.ts"
import { fc } from "#test/fast-check-seed.ts"
import { type WebhookElement, splitWebhook, parseElement, type ParsedElement } from "./parse-webhook.ts"

const folder = join(import.meta.dirname, "samples")
const sample = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as unknown
const read = (element: WebhookElement) => parseElement(element, (id, values) => formatText("es", id, values))
const readAll = (name: string) => splitWebhook(sample(name)).map(read)

const sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
const file = (providerId: number, mimeType: string, fileName: string) => ({
  text: undefined as string | undefined,
  files: [{ providerId: String(providerId), mimeType, fileName, sha256 }],
})
const withText = (text: string, of: ReturnType<typeof file>) => ({ ...of, text })

// What each sample says; whatever a line leaves out is as in a plain text message of Carla's.
const messages: Record<string, object> = {
  text: { text: "¿Dónde está mi pedido? 📦" },
  "text-reply": { text: "Este", replyTo: "wamid.SAMPLE0001=" },
  "text-advert": { text: "Hola, quiero información\n\nLlegó por el anuncio Envío gratis\nhttps://fb.me/2abc" },
  image: withText("Llegó roto", file(1003383421387256, "image/jpeg", "image.jpg")),
  "image-bare": withText("Foto", file(1003383421387257, "image/jpeg", "image.jpg")),
  video: withText("Video", file(1003383421387258, "video/mp4", "video.mp4")),
  voice: withText("Mensaje de voz", file(1003383421387259, "audio/ogg", "audio.ogg")),
  audio: withText("Audio", file(1003383421387260, "audio/mpeg", "audio.mp3")),
  document: withText("guía 4521.pdf", file(1003383421387261, "application/pdf", "guía 4521.pdf")),
  sticker: withText("Sticker", file(1003383421387262, "image/webp", "sticker.webp")),
  location: {
    text: "Ubicación\nPortería, Calle 45 # 12-34, Bogotá\nhttps://maps.google.com/?q=4.710989,-74.072092",
  },
  "location-bare": { text: "Ubicación\nhttps://maps.google.com/?q=-12.0464,-77.0428" },
  contacts: { text: "Contacto\nDiego Pérez · Bodega Norte · +57 310 456 7890\nEva Ríos · eva@example.com" },
  "interactive-button": { text: "Sí, confirmo", replyTo: "wamid.SAMPLE0001=" },
  "interactive-list": { text: "Mañana\nDe 8 a 12" },
  "interactive-form": { text: "Formulario\nciudad: Cali\npiso: 3" },
  "call-permission": { text: "Permitió que lo llamen por WhatsApp" },
  call: { text: "Llamada de WhatsApp" },
  button: { text: "Confirmar", replyTo: "wamid.SAMPLE0001=" },
  order: { text: "Pedido\n2 × SKU-7 · 45000 COP\n1 × SKU-9 · 12.5 USD\nPara hoy" },
  reaction: { kind: "reaction", text: "👍", replyTo: "wamid.SAMPLE0001=" },
  "reaction-removed": { kind: "reaction", text: "", replyTo: "wamid.SAMPLE0001=" },
  edit: { kind: "system", text: "Lo cambió por: ¿Dónde está mi paquete?", replyTo: "wamid.SAMPLE0001=" },
  "edit-caption": { kind: "system", text: "Lo cambió por: Llegó rota la caja", replyTo: "wamid.SAMPLE0004=" },
  deleted: { kind: "system", text: "Quien lo escribió borró el mensaje", replyTo: "wamid.SAMPLE0001=" },
  unsupported: { text: "Un mensaje de un tipo que WhatsApp no transmite" },
  "unknown-type": { text: "Un mensaje de un tipo que WhatsApp no transmite" },
  group: { text: "Hola a todos", group: { id: "Y2FwaV9ncm91cDox", name: "Grupo de WhatsApp" } },
  username: { text: "Sin número", name: "@carla", addresses: [{ kind: "bsuid", value: "CO.1502576394655843" }] },
  echo: {
    kind: "system",
    direction: "out",
    text: "Le escribo desde el teléfono",
    name: "",
    addresses: [{ kind: "phone", value: "573001234567" }],
  },
}

const report = (status: string, more: object = {}): ParsedElement =>
  ({
    type: "report",
    report: {
      externalId: "wamid.SAMPLE0100=",
      status,
      participant: "",
      at: new Date(1_795_338_000_000),
      code: null,
      callback: null,
      ...more,
    },
  }) as ParsedElement

const others: Record<string, ParsedElement> = {
  "number-changed": {
    type: "identity",
    before: { kind: "phone", value: "573001234567" },
    after: { kind: "phone", value: "573019998877" },
  },
  "id-changed": {
    type: "identity",
    before: { kind: "bsuid", value: "CO.1502576394655843" },
    after: { kind: "bsuid", value: "CO.1600000000000001" },
  },
  welcome: { type: "ignored", because: "notice" },
  "call-ours": { type: "ignored", because: "notice" },
  "marketing-stop": {
    type: "preference",
    preference: {
      addresses: [
        { kind: "phone", value: "573001234567" },
        { kind: "bsuid", value: "CO.1502576394655843" },
      ],
      wantsMarketing: false,
      at: new Date(1_795_338_000_000),
    },
  },
  "template-paused": { type: "template", change: { name: "promo", language: "es_CO", status: "PAUSED" } },
  "template-flagged": { type: "ignored", because: "notice" },
  "template-category": { type: "template", change: { name: "promo", language: "es", category: "MARKETING" } },
  "status-sent": report("sent", { callback: "msg_0199" }),
  "status-delivered": report("delivered"),
  "status-read": report("read"),
  "status-played": report("read"),
  "status-failed": report("failed", { code: 131026 }),
  "status-group": report("read", { participant: "573019998877" }),
  "status-unknown": { type: "ignored", because: "status" },
}

for (const [name, expected] of Object.entries(messages)) {
  test(`${name} is read`, () => {
    const [taken, ...more] = readAll(name)
    assert.deepEqual(more, [])
    assert.ok(taken?.type === "message")
    const { externalId, ...message } = taken.message
    assert.match(externalId, /^wamid\.SAMPLE\d{4}=$/)
    assert.deepEqual(message, {
      kind: "message",
      direction: "in",
      addresses: [
        { kind: "phone", value: "573001234567" },
        { kind: "bsuid", value: "CO.1502576394655843" },
      ],
      name: "Carla Ñandú",
      group: null,
      sentAt: new Date(1_795_338_000_000),
      replyTo: null,
      files: [],
      ...expected,
    })
  })
}

for (const [name, expected] of Object.entries(others)) {
  test(`${name} is read`, () => assert.deepEqual(readAll(name), [expected]))
}

test("a batch is taken apart in its own order, and each element can be read alone", () => {
  const said = readAll("batch").map((taken) => (taken.type === "message" ? taken.message.text : taken.type))
  assert.deepEqual(said, ["uno", "dos", "report", "tres"])
})

test("webhooks about the account hold no element to process", () => {
  assert.deepEqual(splitWebhook(sample("account-update")), [])
})

test("every sample is tried", () => {
  const tried = [...Object.keys(messages), ...Object.keys(others), "batch", "account-update"]
  assert.deepEqual(readdirSync(folder).toSorted(), tried.map((name) => `${name}.json`).toSorted())
})

test("what is not an envelope is refused, not misread", () => {
  for (const body of [null, 1, "x", [], {}, { entry: {} }, { entry: [{}] }, { entry: [{ changes: [{ value: {} }] }] }])
    assert.throws(() => splitWebhook(body), JSON.stringify(body))
})

test("a message of ours that comes back among theirs is an echo", () => {
  const [element] = splitWebhook(sample("text"))
  const [message] = element!.value["messages"] as Record<string, unknown>[]
  const ours = { ...message, from: "106540352242922", from_user_id: undefined }
  const taken = read({ ...element!, value: { ...element!.value, messages: [ours] } })
  assert.ok(taken.type === "message")
  assert.deepEqual([taken.message.kind, taken.message.direction], ["system", "out"])
  assert.deepEqual(taken.message.addresses[0], { kind: "phone", value: "573001234567" })
})

test("whatever Meta sends is read or refused with an error, and no message is without its id and its writer", () => {
  const [element] = splitWebhook(sample("image"))
  const [message] = element!.value["messages"] as Record<string, unknown>[]
  const keys = [...Object.keys(message!), "text", "reaction", "system", "edit", "referral", "context"]
  const change = fc.dictionary(fc.constantFrom(...keys), fc.oneof(fc.anything(), fc.string()), { maxKeys: 4 })
  fc.assert(
    fc.property(change, (changed) => {
      let taken: ParsedElement
      try {
        taken = read({ ...element!, value: { ...element!.value, messages: [{ ...message, ...changed }] } })
      } catch (error) {
        assert.ok(error instanceof Error)
        return
      }
      if (taken.type !== "message") return
      assert.ok(taken.message.externalId.length > 0)
      assert.ok(taken.message.addresses.length > 0)
      assert.equal(typeof taken.message.text, "string")
    }),
    { numRuns: 500 },
  )
})
