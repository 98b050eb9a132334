// No file imports itself by way of others, and no folder is too full.
import assert from "node:assert/strict"
import { test } from "node:test"
import { sources } from "./source-files.ts"

const code = [...sources("{bench,demo,src}/**/*.ts"), ...sources("web/**/*.{ts,tsx}")].filter(({ isTest }) => !isTest)
const mostFiles = 25
// Circles that are still to be undone: the files of each.
const knownCircles: string[][] = []

test("no file imports itself by way of others; imports of types count", () => {
  const next = new Map(code.map(({ path, imports }) => [path, imports.map(({ target }) => target)]))
  assert.deepEqual(circlesIn(next), knownCircles)
})

test(`no folder holds more than ${mostFiles} files of code`, () => {
  const folders = code.map(({ path }) => path.slice(0, path.lastIndexOf("/")))
  const full = [...new Set(folders)].filter((folder) => folders.filter((it) => it === folder).length > mostFiles)
  assert.deepEqual(full, [])
})

/** The strongly connected parts of more than one file, by Tarjan's algorithm. */
function circlesIn(next: Map<string, string[]>): string[][] {
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const circles: string[][] = []
  const visit = (file: string) => {
    order.set(file, order.size)
    low.set(file, order.get(file)!)
    stack.push(file)
    for (const target of next.get(file) ?? []) {
      if (!next.has(target)) continue
      if (!order.has(target)) visit(target)
      if (stack.includes(target)) low.set(file, Math.min(low.get(file)!, low.get(target)!))
    }
    if (low.get(file) !== order.get(file)) return
    const circle = stack.splice(stack.indexOf(file))
    if (circle.length > 1) circles.push(circle.toSorted())
  }
  for (const file of next.keys()) if (!order.has(file)) visit(file)
  return circles.toSorted((a, b) => (a[0]! < b[0]! ? -1 : 1))
}
