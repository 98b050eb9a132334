// `npm run test:mail-servers` tries a mailbox on Dovecot and Postfix, from Debian's packages. It installs them where they are missing, starts
// both in a folder and on ports of their own, and says when it was skipped and why. No part of `npm test`, which needs nothing.
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { testCluster } from "#test/database.ts"
import { childEnv } from "./child-environment.ts"

const root = join(import.meta.dirname, "..")
const programs = ["/usr/sbin/dovecot", "/usr/sbin/postfix", "/usr/lib/dovecot/lmtp"]
const packages = ["dovecot-imapd", "dovecot-lmtpd", "postfix"]

const why = reasonToSkip() ?? (await install())
if (why !== null) console.log(`– skipped: ${why}`)
else process.exitCode = await runSuite()

function reasonToSkip(): string | null {
  if (process.platform !== "linux") return "Dovecot and Postfix are tried on Linux alone"
  if (process.getuid?.() !== 0) return "Postfix is started by root alone"
  return null
}

/** Null when all is there. Services that the packages would start are held back. */
async function install(): Promise<string | null> {
  if (programs.every((program) => existsSync(program))) return null
  if (!existsSync("/usr/bin/apt-get")) return "Dovecot and Postfix are not installed, and there is no apt-get"
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" }
  const args = ["install", "-y", "-q", "--no-install-recommends", ...packages]
  const installed = spawnSync("apt-get", args, { env, stdio: "inherit" })
  return installed.status === 0 ? null : "apt-get could not install Dovecot and Postfix"
}

async function runSuite(): Promise<number> {
  const cluster = await testCluster()
  try {
    const args = ["--test", "--test-timeout=300000", "--test-reporter=spec", "test/mail-servers/dovecot-and-postfix.ts"]
    const env = childEnv({ HILO_TEST_CLUSTER: cluster.url })
    return spawnSync(process.execPath, args, { cwd: root, env, stdio: "inherit" }).status ?? 1
  } finally {
    await cluster.stop()
  }
}
