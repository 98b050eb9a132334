// What supervisors do to Hilo: they start it by its command, ask the process that they know to end, and kill it.
import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import {
  clusterIn,
  freePort,
  isAlive,
  runningPostmaster,
} from "#kernel/embedded-postgres/cluster-folder-and-credentials.ts"
import { childEnv } from "../bin/child-environment.ts"
import { dataFolder, readiness, startHilo, waitUntil } from "./server-process.ts"

const root = join(import.meta.dirname, "..")
const onLinux = { skip: process.platform !== "linux" && "process trees are read from /proc" }

test("npm start, asked to end by its own process alone, leaves nothing behind; twice", onLinux, async (t) => {
  const folder = dataFolder()
  const port = await freePort()
  for (let round = 1; round <= 2; round++) {
    const env = childEnv({ PORT: String(port), HILO_DATA: folder, LOG_LEVEL: "fatal" })
    const npm = spawn("npm", ["start", "--silent"], { cwd: root, env, stdio: "ignore" })
    const ended = once(npm, "exit")
    await waitUntil("Hilo is ready", async () => (await readiness(`http://127.0.0.1:${port}`)) === 200)
    const family = [...descendants(npm.pid!), runningPostmaster(clusterIn(folder))!.pid]
    t.after(() => family.filter(isAlive).forEach((pid) => process.kill(pid, "SIGKILL")))
    assert.ok(family.length >= 3, "the launcher, the server, the database")
    npm.kill("SIGTERM")
    assert.deepEqual(await ended, [0, null])
    await waitUntil("all are gone", async () => !family.some(isAlive))
    assert.equal(runningPostmaster(clusterIn(folder)), undefined)
  }
})

test("the database of a server that was killed is taken over by the next, which stops it", onLinux, async () => {
  const folder = dataFolder()
  const first = await startHilo({ folder })
  const orphan = runningPostmaster(clusterIn(folder))!.pid
  first.child.kill("SIGKILL")
  await once(first.child, "exit")
  const second = await startHilo({ folder }, Number(new URL(first.url).port))
  assert.equal(runningPostmaster(clusterIn(folder))!.pid, orphan)
  assert.equal(await second.stop(), 0)
  await waitUntil("the database is gone", async () => !isAlive(orphan))
})

function descendants(pid: number): number[] {
  const parents = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => parentOf(Number(name)))
  const below = (of: number): number[] =>
    parents.filter(({ parent }) => parent === of).flatMap(({ child }) => [child, ...below(child)])
  return below(pid)
}

/** Nothing when the process has ended meanwhile. */
function parentOf(child: number): { child: number; parent: number }[] {
  try {
    const [, parent] = /\) \S (\d+)/.exec(readFileSync(`/proc/${child}/stat`, "utf8")) ?? []
    return [{ child, parent: Number(parent) }]
  } catch {
    return []
  }
}
