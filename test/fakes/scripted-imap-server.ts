// An IMAP server that misbehaves as the test says: it answers by a script, and by what a mailbox would say where that says nothing.
import { once } from "node:events"
import { type AddressInfo, createServer, type Socket } from "node:net"
import { after } from "node:test"

export type ScriptedMail = { uid: number; raw: string; at?: string }

type Answer = (command: { tag: string; line: string; socket: Socket; reply: (text: string) => void }) => boolean | void

/** `answer` gives true when it has dealt with a command; what it leaves is answered as a well-behaved server would. */
export async function startScriptedImapServer(mails: ScriptedMail[] = []) {
  const script = {
    uidValidity: 1,
    mails,
    answer: (() => false) as Answer,
    commands: [] as string[],
    /** Null: it says nothing at all. */
    banner: "* OK ready" as string | null,
  }
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket.setNoDelay())
    socket.on("close", () => sockets.delete(socket))
    socket.on("error", () => {})
    const reply = (text: string) => void socket.write(Buffer.from(`${text}\r\n`, "latin1"))
    if (script.banner !== null) reply(script.banner)
    let rest = ""
    let idleTag: string | null = null
    socket.on("data", (bytes: Buffer) => {
      const lines = (rest + bytes.toString("latin1")).split("\r\n")
      rest = lines.pop()!
      for (const line of lines) {
        if (line === "DONE" && idleTag !== null) reply(`${idleTag} OK done`)
        const [tag = "", ...words] = line.split(" ")
        if (line === "DONE" || line === "") continue
        const command = words.join(" ")
        script.commands.push(command)
        if (script.answer({ tag, line: command, socket, reply })) continue
        if (command === "IDLE") idleTag = tag
        behave(script, { tag, command, reply })
      }
    })
  })
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))
  after(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise<void>((closed) => server.close(() => closed()))
  })
  return Object.assign(script, {
    port: (server.address() as AddressInfo).port,
    /** Resolves once somebody has connected. */
    connected: async () => {
      if (sockets.size === 0) await once(server, "connection")
    },
  })
}

type Script = { uidValidity: number; mails: ScriptedMail[] }
type Command = { tag: string; command: string; reply: (text: string) => void }

function behave({ uidValidity, mails }: Script, { tag, command, reply }: Command) {
  const done = (text = "done") => reply(`${tag} OK ${text}`)
  const uidNext = Math.max(0, ...mails.map(({ uid }) => uid)) + 1
  if (command === "CAPABILITY") reply("* CAPABILITY IMAP4rev1 IDLE")
  if (command === "IDLE") return reply("+ idling")
  if (command.startsWith("LIST") || command.startsWith("LSUB")) reply('* LIST () "/" INBOX')
  if (/^(EXAMINE|SELECT)/.test(command)) {
    reply(`* ${mails.length} EXISTS`)
    reply(`* OK [UIDVALIDITY ${uidValidity}] valid`)
    reply(`* OK [UIDNEXT ${uidNext}] next`)
    return done("[READ-ONLY] open")
  }
  if (command.startsWith("UID SEARCH"))
    reply(
      `* SEARCH ${inRange(mails, command)
        .map(({ uid }) => uid)
        .join(" ")}`,
    )
  if (command.startsWith("UID FETCH")) for (const mail of inRange(mails, command)) reply(fetched(mails, mail, command))
  return done()
}

/** As real servers do: a range that begins past the end names the last mail. */
function inRange(mails: readonly ScriptedMail[], command: string) {
  // What names a day wants all: none here is older.
  const sets = / SINCE /.test(command)
    ? undefined
    : /\b(\d[\d:*,]*)/.exec(command.replace(/^UID (SEARCH|FETCH) (UID )?/, ""))?.[1]
  if (sets === undefined) return mails
  const last = mails.at(-1)?.uid ?? 0
  return mails.filter(({ uid }) =>
    sets.split(",").some((set) => {
      const [from = "0", to = from] = set.split(":")
      const [a, b] = [from, to].map((end) => (end === "*" ? last : Number(end))) as [number, number]
      return uid >= Math.min(a, b) && uid <= Math.max(a, b)
    }),
  )
}

function fetched(
  mails: readonly ScriptedMail[],
  { uid, raw, at = "22-Nov-2026 09:00:00 +0000" }: ScriptedMail,
  command: string,
) {
  const n = mails.findIndex((one) => one.uid === uid) + 1
  const bytes = Buffer.from(raw.replace(/\r?\n/g, "\r\n"))
  const facts = `UID ${uid} RFC822.SIZE ${bytes.length} INTERNALDATE "${at}"`
  const part = /BODY\.PEEK\[\](?:<(\d+)\.(\d+)>)?/.exec(command)
  if (!part) return `* ${n} FETCH (${facts})`
  const start = Number(part[1] ?? 0)
  const content = bytes.subarray(start, start + Number(part[2] ?? bytes.length)).toString("latin1")
  return `* ${n} FETCH (${facts} BODY[]${part[1] === undefined ? "" : `<${start}>`} {${content.length}}\r\n${content})`
}
