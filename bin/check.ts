// What must hold before a commit, apart from the tests' own verdicts: named steps, two at a time, each said once.
import { spawn } from "node:child_process"
import { join } from "node:path"
import { childEnv } from "./child-environment.ts"

const root = join(import.meta.dirname, "..")
const tool = (name: string, bin: string, ...args: string[]) => [join(root, "node_modules", name, bin), ...args]

const steps: Record<string, string[]> = {
  format: tool("oxfmt", "bin/oxfmt", "--check"),
  "lint and types": tool("oxlint", "bin/oxlint", "--type-aware", "--type-check", "--quiet"),
  "dead code": tool("knip", "bin/knip.js", "--no-progress"),
  architecture: ["--test", "--test-reporter=dot", "test/architecture.test.ts"],
  schema: ["bin/schema.ts", "--check"],
}

const waiting = Object.entries(steps)
let failed = 0
await Promise.all([work(), work()])
process.exit(failed ? 1 : 0)

async function work(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) await step(...next)
}

async function step(name: string, args: string[]): Promise<void> {
  const began = performance.now()
  const child = spawn(process.execPath, args, { cwd: root, env: childEnv(), stdio: ["ignore", "pipe", "pipe"] })
  let said = ""
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk))
  const code = await new Promise((done) => child.on("close", done))
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${code === 0 ? "✔" : "✖"} ${name} (${seconds} s)`)
  if (code === 0) return
  failed++
  console.log(said.trimEnd())
}
