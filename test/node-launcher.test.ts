import assert from "node:assert/strict"
import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { test } from "node:test"

const root = join(import.meta.dirname, "..")

test("what is started runs on Node 26 or newer, and its exit status is ours", async () => {
  const child = launch("console.log(process.version); process.exit(7)")
  const [version] = (await once(child.stdout!, "data")) as [Buffer]
  assert.ok(Number(String(version).slice(1).split(".")[0]) >= 26)
  assert.deepEqual(await once(child, "exit"), [7, null])
})

test("a signal to the launcher alone reaches the program, which ends in its own time", async () => {
  const child = launch(`${announced} process.exit(3)`)
  await once(child.stdout!, "data")
  child.kill("SIGTERM")
  assert.deepEqual(await once(child, "exit"), [3, null])
})

test("a signal to the whole group asks the program once", { skip: process.platform === "win32" }, async () => {
  const child = launch(`${announced} console.log("asked"); setTimeout(() => process.exit(0), 300)`)
  let said = ""
  child.stdout!.on("data", (chunk: Buffer) => (said += chunk))
  await once(child.stdout!, "data")
  process.kill(-child.pid!, "SIGTERM")
  assert.deepEqual(await once(child, "close"), [0, null])
  assert.equal(said, "ready\nasked\n")
})

test("a program that was killed counts as failed", async () => {
  const child = launch(`process.kill(process.pid, "SIGKILL")`)
  assert.deepEqual(await once(child, "exit"), [137, null])
})

const announced = `import { onStopSignal } from "#kernel/stop-signal.ts"
  setInterval(() => {}, 1000)
  queueMicrotask(() => console.log("ready"))
  onStopSignal(stop)
  function stop() {`

function launch(code: string): ChildProcess {
  const program = code.startsWith("import") ? `${code} }` : code
  const args = [join(root, "bin/node.mjs"), "--input-type=module", "-e", program]
  return spawn(process.execPath, args, { cwd: root, detached: true, stdio: ["ignore", "pipe", "inherit"] })
}
