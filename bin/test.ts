// `npm test` checks everything and runs all tests; `npm test -- FILE …` runs only those files. One database cluster serves the run.
import { spawn } from "node:child_process"
import { join } from "node:path"
import { testCluster } from "#test/database.ts"
import { childEnv } from "./child-environment.ts"

const root = join(import.meta.dirname, "..")
const everything = ["{bench,demo,src,test,web}/**/*.test.ts"]
const chosen = process.argv.slice(2)
// One more than the cores that CI has: tests often wait, for a clock, a browser or a server that starts.
const runner = ["--test", "--test-concurrency=3", "--test-timeout=300000"]

// The runner below gets the same Ctrl-C and ends; we stay to stop the cluster.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {})

const began = performance.now()
const cluster = await testCluster()
try {
  const isChecked = chosen.length > 0 || (await node("bin/check.ts"))
  const reporter = chosen.length > 0 ? "spec" : "dot"
  const isTested = await node(...runner, `--test-reporter=${reporter}`, ...(chosen.length > 0 ? chosen : everything))
  const seconds = Math.round((performance.now() - began) / 1000)
  console.log(
    `${isChecked ? "✔ checks hold" : "✖ checks fail"}, ${isTested ? "✔ tests pass" : "✖ tests fail"} (${seconds} s)`,
  )
  process.exitCode = isChecked && isTested ? 0 : 1
} finally {
  await cluster.stop()
}

function node(...args: string[]): Promise<boolean> {
  const env = childEnv({ HILO_TEST_CLUSTER: cluster.url })
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: "inherit" })
  return new Promise((done) => child.on("close", (code) => done(code === 0)))
}
