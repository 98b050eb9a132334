import assert from "node:assert/strict"
import { test } from "node:test"
import { acting, openDesk } from "#test/desks/test-desk.ts"
import { runConcurrently } from "#test/concurrent-acts.ts"
import { changeConnection } from "./change-connection.ts"
import { createConnection } from "./create-connection.ts"
import { existingConnection } from "./connection-store.ts"

const desk = await openDesk(() => {})

test("of two changes at once both stay: a setting and a secret, whichever comes second", async () => {
  const id = await acting(desk, (act) =>
    createConnection(act, desk.secrets, { kind: "whatsapp", name: "Ventas", settings: { phoneNumberId: "100000001" } }),
  )
  const change = (settings: Record<string, unknown>) => (act: Parameters<typeof changeConnection>[0]) =>
    changeConnection(act, desk.secrets, id, { settings })
  const secret = { accessToken: "a token of ours" }
  await runConcurrently(desk, change({ wabaId: "200000002" }), () => acting(desk, change(secret)))
  await runConcurrently(desk, change({ verifyToken: "a word of ours" }), () =>
    acting(desk, change({ phoneNumberId: "100000003" })),
  )
  const { settings, secrets } = await existingConnection(desk.db.kysely, id)
  assert.deepEqual(settings, { phoneNumberId: "100000003", wabaId: "200000002" })
  assert.deepEqual(JSON.parse(desk.secrets.open(secrets!)), { ...secret, verifyToken: "a word of ours" })
})
