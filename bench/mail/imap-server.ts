// As much of IMAP as a mailbox needs that is only read (RFC 3501, 2177): it holds what it is given, however much, and says at once what came.
import { type AddressInfo, createServer, type Socket } from "node:net"

type Mail = { bytes: Buffer; receivedAt: Date }
type Session = { socket: Socket; idleTag: string | null }

export type BenchImapServer = {
  port: number
  /** The next mails of the mailbox; clients that wait for mail are notified. */
  add: (mails: readonly Mail[]) => void
  close: () => void
}

export async function startImapServer(): Promise<BenchImapServer> {
  const mails: Mail[] = []
  const sessions = new Set<Session>()
  const server = createServer((socket) => {
    const session: Session = { socket: socket.setNoDelay(), idleTag: null }
    sessions.add(session)
    socket.on("close", () => sessions.delete(session))
    socket.on("error", () => {})
    socket.write("* OK ready\r\n")
    let rest = ""
    socket.on("data", (chunk: Buffer) => {
      const lines = (rest + chunk.toString("latin1")).split("\r\n")
      rest = lines.pop()!
      for (const line of lines) if (line !== "") answer(session, mails, line)
    })
  })
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))
  return {
    port: (server.address() as AddressInfo).port,
    add: (more) => {
      mails.push(...more)
      for (const { socket, idleTag } of sessions) if (idleTag !== null) socket.write(`* ${mails.length} EXISTS\r\n`)
    },
    close: () => {
      for (const { socket } of sessions) socket.destroy()
      server.close()
    },
  }
}

/** The n-th mail has the uid n. */
function answer(session: Session, mails: readonly Mail[], line: string) {
  const { socket } = session
  if (line === "DONE") {
    socket.write(`${session.idleTag} OK done\r\n`)
    session.idleTag = null
    return
  }
  const [tag = "", ...words] = line.split(" ")
  const command = words.join(" ")
  const name = /^(UID )?\w+/.exec(command)?.[0].toUpperCase() ?? ""
  if (name === "IDLE") {
    session.idleTag = tag
    socket.write("+ idling\r\n")
    return
  }
  if (name === "CAPABILITY") socket.write("* CAPABILITY IMAP4rev1 IDLE\r\n")
  if (name === "LIST" || name === "LSUB") socket.write('* LIST () "/" INBOX\r\n')
  if (name === "EXAMINE")
    socket.write(`* ${mails.length} EXISTS\r\n* OK [UIDVALIDITY 1] ok\r\n* OK [UIDNEXT ${mails.length + 1}] ok\r\n`)
  if (name === "UID SEARCH") socket.write(`* SEARCH ${uidsOf(command, mails.length).join(" ")}\r\n`)
  if (name === "UID FETCH") for (const uid of uidsOf(command, mails.length)) writeMail(socket, uid, mails, command)
  socket.write(`${tag} OK done\r\n`)
}

/** A range past the end names the last mail. */
function uidsOf(command: string, last: number): number[] {
  const sets = /^UID \w+ (?:UID )?([\d:*,]+)/i.exec(command)?.[1]
  if (sets === undefined) return Array.from({ length: last }, (_, n) => n + 1)
  return sets.split(",").flatMap((set) => {
    const [from = 0, to = from] = set.split(":").map((end) => (end === "*" ? last : Number(end)))
    const [low, high] = [Math.max(1, Math.min(from, to)), Math.min(last, Math.max(from, to))]
    return Array.from({ length: Math.max(0, high - low + 1) }, (_, n) => low + n)
  })
}

const months = "Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec".split(",")
const two = (n: number) => String(n).padStart(2, "0")

function imapDate(at: Date): string {
  const day = `${two(at.getUTCDate())}-${months[at.getUTCMonth()]}-${at.getUTCFullYear()}`
  return `${day} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`
}

function writeMail(socket: Socket, uid: number, mails: readonly Mail[], command: string) {
  const { bytes, receivedAt } = mails[uid - 1]!
  const facts = `UID ${uid} RFC822.SIZE ${bytes.length} INTERNALDATE "${imapDate(receivedAt)}"`
  const part = /BODY\.PEEK\[\](?:<(\d+)\.(\d+)>)?/i.exec(command)
  if (!part) return void socket.write(`* ${uid} FETCH (${facts})\r\n`)
  const from = Number(part[1] ?? 0)
  const piece = bytes.subarray(from, from + Number(part[2] ?? bytes.length))
  const where = part[1] === undefined ? "" : `<${from}>`
  socket.write(`* ${uid} FETCH (${facts} BODY[]${where} {${piece.length}}\r\n`)
  socket.write(piece)
  socket.write(")\r\n")
}
