import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { childEnv } from "../../bin/child-environment.ts"

const root = join(import.meta.dirname, "../..")
const commands = [
  "serve",
  "migrate",
  "database",
  "doctor",
  "jobs",
  "mail",
  "backup",
  "restore",
  "user",
  "key",
  "import",
  "demo",
  "bench",
]

// There is no database and no folder: help needs none.
const hilo = (...args: string[]) => {
  const env = childEnv({ HILO_DATA: join(root, "no-such-folder"), DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" })
  return spawnSync(process.execPath, ["src/main.ts", ...args], { cwd: root, env, encoding: "utf8" })
}

test("without a command, or with one that is not known, it says what each does", () => {
  for (const args of [[], ["heal"]]) {
    const { status, stderr } = hilo(...args)
    assert.equal(status, 2)
    for (const name of commands) assert.match(stderr, new RegExp(`^  ${name} +\\w+,? \\w+`, "m"))
  }
  assert.deepEqual([hilo("--help").status, hilo("--help").stdout], [0, hilo().stderr])
})

test("a command says how it is called", () => {
  for (const name of ["serve", "doctor", "jobs", "user"]) {
    const { status, stdout, stderr } = hilo(name, "--help")
    assert.deepEqual([status, stderr], [0, ""], name)
    assert.match(stdout, new RegExp(`^hilo ${name}: \\w+.*\\nUsage: hilo ${name}`))
  }
})

test("the list of commands is the whole one", () => {
  const source = readFileSync(join(root, "src/main.ts"), "utf8")
  const known = [...source.matchAll(/^ {2}(\w+): \{ does:/gm)].map(([, name]) => name)
  assert.deepEqual(known, commands)
})

test("a backup and a restore without a passphrase stop at once", () => {
  for (const command of ["backup", "restore"]) {
    const { status, stderr } = hilo(command, "no-such-file")
    assert.deepEqual(
      [status, stderr.trim()],
      [1, "There is no passphrase: set HILO_BACKUP_PASSPHRASE, or run it at a terminal."],
    )
  }
})

test("an import that finds no file ends with 2 and touches nothing", () => {
  const { status, stderr } = hilo("import", "no-such-file.csv")
  assert.equal(status, 2)
  assert.match(stderr, /no-such-file\.csv is no file/)
  assert.equal(existsSync(join(root, "no-such-folder")), false)
})
