import assert from "node:assert/strict"
import { test } from "node:test"
import { fittedSize, isLargePicture, jpegName } from "./picture-size.ts"

test("only large pictures are made smaller, and animations never", () => {
  assert.equal(isLargePicture({ type: "image/jpeg", size: 4_000_000 }), true)
  assert.equal(isLargePicture({ type: "image/jpeg", size: 900_000 }), false)
  assert.equal(isLargePicture({ type: "image/png", size: 2_000_000 }), false)
  assert.equal(isLargePicture({ type: "image/gif", size: 9_000_000 }), false)
  assert.equal(isLargePicture({ type: "application/pdf", size: 9_000_000 }), false)
})

test("a picture keeps its shape within 2560 pixels, and a small one its size", () => {
  assert.deepEqual(fittedSize({ width: 4032, height: 3024 }), { width: 2560, height: 1920 })
  assert.deepEqual(fittedSize({ width: 3024, height: 4032 }), { width: 1920, height: 2560 })
  assert.deepEqual(fittedSize({ width: 800, height: 600 }), { width: 800, height: 600 })
  assert.deepEqual(fittedSize({ width: 9000, height: 1 }), { width: 2560, height: 1 })
})

test("what has become a JPEG is called so", () => {
  assert.equal(jpegName("captura.png"), "captura.jpg")
  assert.equal(jpegName("IMG_1.JPG"), "IMG_1.JPG")
  assert.equal(jpegName("foto"), "foto.jpg")
})
