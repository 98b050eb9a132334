// Runs named steps, each a Node process of its own, some at a time. Each is said once, with its output if it failed.
import { spawn } from "node:child_process"
import { join } from "node:path"
import { childEnv } from "./child-environment.ts"

const root = join(import.meta.dirname, "..")
// What still hangs then is ended, and has failed.
const patienceMs = 20 * 60_000

type StepOptions = { atOnce: number; env?: Record<string, string>; stop?: AbortSignal }

/** `steps`: the arguments of Node by the name of the step; they start in this order, none after `stop`. Whether all ran and succeeded. */
export async function runSteps(steps: Record<string, string[]>, options: StepOptions): Promise<boolean> {
  const { atOnce, env = {}, stop } = options
  const waiting = Object.entries(steps)
  let failed = 0
  const work = async () => {
    while (waiting.length > 0 && !stop?.aborted) if (!(await runStep(waiting.shift()!, env))) failed++
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return failed === 0 && waiting.length === 0
}

async function runStep([name, args]: [string, string[]], env: Record<string, string>): Promise<boolean> {
  const began = performance.now()
  const how = { cwd: root, env: childEnv(env), timeout: patienceMs } as const
  const child = spawn(process.execPath, args, { ...how, stdio: ["ignore", "pipe", "pipe"] })
  let said = ""
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk))
  const code = await new Promise((done) => child.on("close", done))
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${code === 0 ? "✔" : "✖"} ${name} (${seconds} s)`)
  if (code !== 0) console.log(said.trimEnd())
  return code === 0
}
