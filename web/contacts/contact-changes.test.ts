import assert from "node:assert/strict"
import { test } from "node:test"
import { changesOf, formOf } from "./contact-changes.ts"
import type { Contact } from "./contact-query.ts"

const contact = (customFields: Contact["customFields"], addresses: string[]) =>
  ({
    name: "Carla",
    tier: null,
    language: null,
    note: "",
    customFields,
    identities: addresses.map((id) => ({ id, kind: "phone", scope: "", value: id })),
  }) as unknown as Contact

test("only what was changed in the form is sent, so that what a colleague changed meanwhile stays", () => {
  const seen = contact({ plan: "Fibra", city: "Cali", since: 2020 }, ["idn_1", "idn_2"])
  const now = contact({ plan: "Fibra", city: "Bogotá", since: 2020, floor: 3 }, ["idn_1", "idn_2", "idn_3"])
  assert.deepEqual(changesOf(seen, formOf(seen), now), {})
  const form = { ...formOf(seen), customFields: { plan: "Cobre", city: "Cali" }, removed: ["idn_1"] }
  assert.deepEqual(changesOf(seen, { ...form, newField: { name: "zone", value: "Sur" } }, now), {
    customFields: { plan: "Cobre", city: "Bogotá", floor: 3, zone: "Sur" },
    removeIdentityIds: ["idn_1"],
  })
})
