import assert from "node:assert/strict"
import { test } from "node:test"
import { contrastRatio, minimumContrast, readableOn } from "./api-contract.ts"

test("contrast is that of WCAG, and text in black or white can be read on every colour", () => {
  assert.equal(contrastRatio("#000000", "#ffffff"), 21)
  assert.equal(contrastRatio("#767676", "#ffffff").toFixed(2), "4.54")
  assert.equal(contrastRatio("#0F766E", "#0f766e"), 1)
  const levels = ["00", "33", "66", "77", "99", "cc", "ff"]
  const colours = levels.flatMap((red) => levels.flatMap((green) => levels.map((blue) => `#${red}${green}${blue}`)))
  assert.deepEqual(
    colours.filter((colour) => contrastRatio(colour, readableOn(colour)) < minimumContrast),
    [],
  )
})
