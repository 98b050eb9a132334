import assert from "node:assert/strict"
import { test } from "node:test"
import { readableAddress, type Identity } from "./first-readable-address.ts"

const identity = (kind: Identity["kind"], value: string): Identity => ({
  id: "ide_1",
  kind,
  value,
  scope: "",
  noMarketingSince: null,
  proof: "message",
  addedBy: null,
  isConfirmed: true,
  isClaimed: false,
  page: null,
  referrer: null,
})

test("somebody without a name is called by the first address that people can read", () => {
  const visitor = identity("visitor", "vis_019a")
  assert.equal(
    readableAddress([visitor, identity("phone", "+573001234567"), identity("email", "c@x.co")]),
    "+573001234567",
  )
  assert.equal(readableAddress([visitor, identity("bsuid", "US.13491208655302741918")]), undefined)
  assert.equal(readableAddress([visitor, { ...identity("email", "c@x.co"), proof: "visitor" }]), undefined)
  assert.equal(readableAddress([]), undefined)
})
