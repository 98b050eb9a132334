import assert from "node:assert/strict"
import { test } from "node:test"
import { replaceSections } from "./replace-sections.ts"

test("a page keeps the sections that were not measured again, in their order, and gets new ones at its end", () => {
  const page = "# Figures\n\nold machine\n\n## A\n\nold a\n\n## B\n\nold b\n"
  assert.equal(
    replaceSections(page, "# Figures\n\nnew machine\n\n## C\n\nnew c\n\n## A\n\nnew a\n"),
    "# Figures\n\nnew machine\n\n## A\n\nnew a\n\n## B\n\nold b\n\n## C\n\nnew c\n",
  )
})
