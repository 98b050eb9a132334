// A mailbox on a real IMAP server, in memory: mails are delivered to it, and its folder may be built anew.
import type { AddressInfo, Server, Socket } from "node:net"
import { after } from "node:test"
// @ts-expect-error It says nothing of its types.
import hoodiecrow from "hoodiecrow-imap"

// As far as they are used here.
type Folder = { uidvalidity: number; uidnext: number; messages: { uid: number; raw: string }[] }
type Command = { tag: string; command: string; attributes?: { type: string; value: string }[] }
type ImapConnection = {
  socket: { write: (text: string) => void }
  inputHandler: ((line: string) => void) | false
  directNotifications: boolean
  processNotifications: () => void
  send: (response: Command, description: string, parsed: Command, data: string) => void
}
type Handler = (connection: ImapConnection, parsed: Command, data: string, done: () => void) => void
type ImapServer = {
  registerCapability: (name: string) => void
  setCommandHandler: (command: string, handler: Handler) => void
  server: Server
  getMailbox: (path: string) => Folder
  appendMessage: (
    folder: string,
    flags: string[],
    receivedAt: Date | string,
    raw: string,
  ) => { message: { uid: number } }
  formatInternalDate: (date: Date) => string
  listen: (port: number, host: string, ready: () => void) => void
  close: (closed: () => void) => void
}
type Options = {
  plugins?: (string | ((server: ImapServer) => void))[]
  users?: Record<string, { password: string; xoauth2: { accessToken: string } }>
  storage?: Record<
    string,
    { uidvalidity?: number; uidnext?: number; messages?: unknown[]; folders?: Record<string, object> }
  >
}

const createServer = hoodiecrow as (options: Options) => ImapServer

export const imapUser = "soporte@example.com"
export const imapPassword = "the password of the mailbox"

export async function startImapServer() {
  const xoauth2 = { accessToken: "" }
  const imap = createServer({
    plugins: ["ID", idle, "SASL-IR", "XOAUTH2", "UNSELECT", "ENABLE", "NAMESPACE"],
    users: { [imapUser]: { password: imapPassword, xoauth2 } },
    storage: { INBOX: { uidvalidity: 7, messages: [] }, "": { folders: { Sent: {} } } },
  })
  const sockets = new Set<Socket>()
  const listeners: ((bytes: Buffer) => void)[] = []
  imap.server.on("connection", (socket: Socket) => {
    sockets.add(socket.setNoDelay())
    socket.on("data", (bytes: Buffer) => listeners.forEach((listen) => listen(bytes)))
    socket.on("close", () => sockets.delete(socket))
    socket.on("error", () => {})
  })
  await new Promise<void>((ready) => imap.listen(0, "127.0.0.1", ready))
  after(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise<void>((closed) => imap.close(closed))
  })
  const inbox = () => imap.getMailbox("INBOX")
  return {
    port: (imap.server.address() as AddressInfo).port,
    /** The one access token that it takes. */
    takeToken: (accessToken: string) => void (xoauth2.accessToken = accessToken),
    connections: () => sockets.size,
    /** Calls it with all that clients send. */
    onAsked: (listener: (bytes: Buffer) => void) => void listeners.push(listener),
    /** Cuts every connection. */
    hangUp: () => sockets.forEach((socket) => socket.destroy()),
    /** The uid that it got. `at`: INTERNALDATE; `flags`: as other programs have left them. */
    deliver: (raw: string, at: Date, flags: string[] = []) => {
      // The server keeps bytes as Latin-1.
      const bytes = Buffer.from(raw.replace(/\r?\n/g, "\r\n")).toString("latin1")
      return imap.appendMessage("INBOX", flags, imap.formatInternalDate(at), bytes).message.uid
    },
    /** What lies in the folder of sent mails. */
    sent: () => imap.getMailbox("Sent").messages.map(({ raw }) => raw),
    remove: (uid: number) => {
      const { messages } = inbox()
      messages.splice(
        messages.findIndex((one) => one.uid === uid),
        1,
      )
    },
    /** The same mails under other ids, as after the provider restored the folder. */
    rebuild: (uidValidity: number) => {
      const folder = inbox()
      folder.uidvalidity = uidValidity
      folder.uidnext = 1
      for (const message of folder.messages) message.uid = folder.uidnext++
    },
  }
}

/** RFC 2177. The server's own one leaves a timer of half an hour behind. */
function idle(server: ImapServer) {
  server.registerCapability("IDLE")
  server.setCommandHandler("IDLE", (connection, parsed, data, done) => {
    connection.directNotifications = true
    connection.inputHandler = () => {
      connection.inputHandler = false
      connection.send({ tag: parsed.tag, command: "OK" }, "IDLE", parsed, data)
    }
    connection.socket.write("+ idling\r\n")
    connection.processNotifications()
    done()
  })
}
