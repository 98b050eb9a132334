// The server, restarted when its files change, and Vite in front of it: open the address that Vite prints.
import { spawn, type ChildProcess } from "node:child_process"
import { join } from "node:path"

const root = join(import.meta.dirname, "..")
const port = process.env.PORT || "4000"
const page = "http://127.0.0.1:5173"
const env = {
  ...process.env,
  PORT: port,
  PUBLIC_URL: process.env.PUBLIC_URL || page,
  HILO_DEV_SERVER: `http://127.0.0.1:${port}`,
}

const vite = join(root, "node_modules/vite/bin/vite.js")
const children = [
  start("--watch", "--watch-preserve-output", "src/main.ts", "serve"),
  start(vite, "--host", "127.0.0.1", "--port", "5173", "--strictPort"),
]
for (const child of children) child.on("exit", (code) => end(code ?? 1))
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => end(0))

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, args, { cwd: root, env, stdio: "inherit" })
}

function end(code: number): void {
  process.exitCode ??= code
  for (const child of children) if (child.exitCode === null) child.kill("SIGTERM")
}
