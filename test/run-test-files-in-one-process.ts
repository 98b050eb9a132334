// Runs the test files that are named on the command line one after the other in this process: to load Hilo costs about as long
// as most of them take. Each is a suite, so that its hooks are its own and what it opened is closed before the next is loaded.
import { readFileSync } from "node:fs"
import { suite, test } from "node:test"
import { inspect } from "node:util"

const files = process.argv.slice(2).map((path) => ({ path, url: new URL(`../${path}`, import.meta.url) }))

// One browser is for all files: loaded before the first of them, it is closed after the last.
if (files.some(({ url }) => readFileSync(url, "utf8").includes("/browsers/")))
  await import("./browsers/chromium-and-axe.ts")

// Of what goes wrong after its test has ended the reporter says nothing.
for (const event of ["uncaughtException", "unhandledRejection"] as const)
  process.on(event, (error: unknown) => process.stderr.write(`${inspect(error)}\n`))

await test(`${files.length} files`, { timeout: 3_600_000 }, async () => {
  for (const { path, url } of files) await suite(path, async () => void (await import(url.href)))
})
