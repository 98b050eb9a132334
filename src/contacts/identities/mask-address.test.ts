import assert from "node:assert/strict"
import { it } from "node:test"
import { maskAddress } from "./mask-address.ts"

it("shows an address so that its owner knows it again and nobody else can write to it", () => {
  assert.equal(maskAddress("email", "carla.pena@example.com"), "c…@e….com")
  assert.equal(maskAddress("email", "a@b.co"), "a…@b….co")
  assert.equal(maskAddress("email", "ñandú@correo.com.ar"), "ñ…@c….ar")
  assert.equal(maskAddress("phone", "+573001112233"), "…33")
})
