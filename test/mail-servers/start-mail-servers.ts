// Dovecot and Postfix in a folder and on ports of their own. Every address of example.com and example.org has a mailbox, at its name
// without what follows a plus; mails to anybody at refused.example come back.
import { spawn, spawnSync } from "node:child_process"
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after } from "node:test"
import { createConnection } from "node:net"
import { freePort } from "#kernel/embedded-postgres/cluster-folder-and-credentials.ts"
import { waitUntil } from "../server-process.ts"

// Dovecot takes blanks for the end of it.
export const mailboxPassword = "password-of-all-mailboxes"

export type MailServers = { imapPort: number; smtpPort: number; restartDovecot: () => Promise<void> }

export async function startMailServers(): Promise<MailServers> {
  const folder = mkdtempSync(join(tmpdir(), "hilo-mail-"))
  chmodSync(folder, 0o755)
  const [imapPort, lmtpPort, authPort, smtpPort] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ]
  const dovecot = writeDovecot(join(folder, "dovecot"), { imapPort, lmtpPort, authPort })
  const postfix = writePostfix(join(folder, "postfix"), { smtpPort, lmtpPort, authPort })
  after(() => {
    // It finds its own process by the folder.
    spawnSync("postfix", ["-c", postfix, "stop"])
    rmSync(folder, { recursive: true, force: true })
  })
  await startDovecot(dovecot, imapPort)
  const started = spawnSync("postfix", ["-c", postfix, "start"], { encoding: "utf8" })
  if (started.status !== 0) throw new Error(`Postfix does not start: ${started.stderr}`)
  await untilListening("Postfix", smtpPort)
  const restartDovecot = async () => {
    await running?.()
    await startDovecot(dovecot, imapPort)
  }
  return { imapPort, smtpPort, restartDovecot }
}

let running: (() => Promise<void>) | null = null

async function startDovecot(config: string, port: number) {
  const child = spawn("dovecot", ["-F", "-c", config], { stdio: "ignore" })
  const ended = new Promise<void>((done) => child.on("exit", () => done()))
  running = async () => {
    child.kill("SIGTERM")
    await ended
  }
  await untilListening("Dovecot", port)
}
after(() => running?.())

const untilListening = (what: string, port: number) =>
  waitUntil(`${what} listens`, async () => {
    const socket = createConnection(port, "127.0.0.1")
    const isOpen = await new Promise<boolean>((done) => {
      socket.once("connect", () => done(true))
      socket.once("error", () => done(false))
    })
    socket.destroy()
    return isOpen
  })

type DovecotPorts = { imapPort: number; lmtpPort: number; authPort: number }

function writeDovecot(folder: string, { imapPort, lmtpPort, authPort }: DovecotPorts): string {
  const [uid, gid] = [idOf("/etc/passwd", "mail"), idOf("/etc/group", "mail")]
  for (const name of ["", "run", "state", "mail"]) mkdirSync(join(folder, name), { recursive: true })
  chownSync(join(folder, "mail"), uid, gid)
  const listener = (name: string, port: number) =>
    `inet_listener ${name} {\n  address = 127.0.0.1\n  port = ${port}\n }`
  const config = join(folder, "dovecot.conf")
  writeFileSync(
    config,
    `protocols = imap lmtp
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${folder}/mail/%u
recipient_delimiter = +
first_valid_uid = 1
mail_uid = ${uid}
mail_gid = ${gid}
passdb {
 driver = static
 args = password=${mailboxPassword}
}
userdb {
 driver = static
 args = uid=${uid} gid=${gid} home=${folder}/mail/%u allow_all_users=yes
}
service imap-login {
 ${listener("imap", imapPort)}
 inet_listener imaps {
  port = 0
 }
}
service lmtp {
 ${listener("lmtp", lmtpPort)}
}
service auth {
 ${listener("sasl", authPort)}
}
`,
  )
  return config
}

type PostfixPorts = { smtpPort: number; lmtpPort: number; authPort: number }

function writePostfix(folder: string, { smtpPort, lmtpPort, authPort }: PostfixPorts): string {
  for (const name of ["config", "queue", "data"]) mkdirSync(join(folder, name), { recursive: true })
  chownSync(join(folder, "data"), idOf("/etc/passwd", "postfix"), idOf("/etc/group", "postfix"))
  const config = join(folder, "config")
  writeFileSync(
    join(config, "main.cf"),
    `compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
maillog_file = ${folder}/postfix.log
maillog_file_prefixes = /tmp, /var
myhostname = mx.example.com
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
recipient_delimiter = +
alias_maps =
local_recipient_maps =
local_transport = error:nobody is local
virtual_mailbox_domains = example.com, example.org
virtual_transport = lmtp:inet:127.0.0.1:${lmtpPort}
transport_maps = inline:{ {refused.example = error:5.1.1 no such user} }
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:${authPort}
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions =
smtpd_tls_security_level = none
smtp_tls_security_level = none
`,
  )
  const daemons = [
    `127.0.0.1:${smtpPort} inet n - n - - smtpd`,
    "pickup unix n - n 60 1 pickup",
    "cleanup unix n - n - 0 cleanup",
    "qmgr unix n - n 300 1 qmgr",
    "rewrite unix - - n - - trivial-rewrite",
    "bounce unix - - n - 0 bounce",
    "defer unix - - n - 0 bounce",
    "trace unix - - n - 0 bounce",
    "verify unix - - n - 1 verify",
    "flush unix n - n 1000? 0 flush",
    "proxymap unix - - n - - proxymap",
    "smtp unix - - n - - smtp",
    "error unix - - n - - error",
    "retry unix - - n - - error",
    "discard unix - - n - - discard",
    "lmtp unix - - n - - lmtp",
    "anvil unix - - n - 1 anvil",
    "scache unix - - n - 1 scache",
    "postlog unix-dgram n - n - 1 postlogd",
  ]
  writeFileSync(join(config, "master.cf"), `${daemons.join("\n")}\n`)
  return config
}

/** The number of a user or group of the system. */
function idOf(file: string, name: string): number {
  const line = readFileSync(file, "utf8")
    .split("\n")
    .find((one) => one.startsWith(`${name}:`))
  if (line === undefined) throw new Error(`${file} has no ${name}`)
  return Number(line.split(":")[2])
}
