import assert from "node:assert/strict"
import { test } from "node:test"
import { addressOf, type Identity } from "./address.ts"

const identity = (kind: Identity["kind"], value: string): Identity => ({
  id: "ide_1",
  kind,
  value,
  scope: "",
  noMarketingSince: null,
  proof: "message",
  addedBy: null,
  isConfirmed: true,
})

test("somebody without a name is called by the first address that people can read", () => {
  const visitor = identity("visitor", "vis_019a")
  assert.equal(addressOf([visitor, identity("phone", "+573001234567"), identity("email", "c@x.co")]), "+573001234567")
  assert.equal(addressOf([visitor]), undefined)
  assert.equal(addressOf([visitor, { ...identity("email", "c@x.co"), proof: "visitor" }]), undefined)
  assert.equal(addressOf([]), undefined)
})
