// `npm test` checks everything and runs all tests; `npm test -- FILE …` runs only those files. One database cluster serves the run.
import { spawn } from "node:child_process"
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { testCluster } from "#test/database.ts"
import { childEnv } from "./child-environment.ts"
import { runSteps } from "./run-steps.ts"

const root = join(import.meta.dirname, "..")
const chosen = process.argv.slice(2)
// One more than the cores that CI has: tests often wait, for a clock, a browser or a server that starts.
const atOnce = 3
const patience = "--test-timeout=300000"

// What runs gets the same Ctrl-C and ends, and nothing more is begun; we stay to stop the cluster.
const stop = new AbortController()
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort())

const began = performance.now()
const cluster = await testCluster()
const env = { HILO_TEST_CLUSTER: cluster.url }
try {
  const isChecked = chosen.length > 0 || (await node("bin/check.ts"))
  const isTested = !stop.signal.aborted && (await (chosen.length > 0 ? runChosen() : runAll()))
  const seconds = Math.round((performance.now() - began) / 1000)
  console.log(
    `${isChecked ? "✔ checks hold" : "✖ checks fail"}, ${isTested ? "✔ tests pass" : "✖ tests fail"} (${seconds} s)`,
  )
  process.exitCode = isChecked && isTested ? 0 : 1
} finally {
  await cluster.stop()
}

function node(...args: string[]): Promise<boolean> {
  const child = spawn(process.execPath, args, { cwd: root, env: childEnv(env), stdio: "inherit" })
  return new Promise((done) => child.on("close", (code) => done(code === 0)))
}

function runChosen(): Promise<boolean> {
  return node("--test", `--test-concurrency=${atOnce}`, patience, "--test-reporter=spec", ...chosen)
}

/** Ten stories share a process and twenty other files, but for those that run alone: these first, they take longest. */
function runAll(): Promise<boolean> {
  const files = globSync("{bench,demo,src,test,web}/**/*.test.ts", { cwd: root }).toSorted()
  const sharing = Object.groupBy(files, (file) => (isAlone(file) ? "alone" : file.split("/")[0]!))
  const { alone = [], test = [], ...others } = sharing
  const quick = Object.values(others).flatMap((those) => inBatches(those!, 20))
  const batches = [...alone.map((file) => [file]), ...inBatches(test, 10), ...quick]
  const runner = ["--test-reporter=dot", patience, "test/run-test-files-in-one-process.ts"]
  const steps = Object.fromEntries(batches.map((those) => [nameOf(those), [...runner, ...those]]))
  return runSteps(steps, { atOnce, env, stop: stop.signal })
}

// They start and kill servers, measure the processor's time, or use a desk that one module opens for them all.
function isAlone(file: string): boolean {
  return /startHilo|desk-of-real-servers|cpuUsage|app-and-valid-bodies/.test(readFileSync(join(root, file), "utf8"))
}

function inBatches(files: string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(files.length / size) }, (_, n) => files.slice(n * size, (n + 1) * size))
}

function nameOf([first, ...more]: string[]): string {
  return more.length > 0 ? `${first!} and ${more.length} more` : first!
}
