// The mailbox of the demo: an IMAP and an SMTP server of its own in this process, on loopback, which end with it. What is mailed to the
// mailbox arrives in it; what is mailed to others reaches the customers of the demo.
import type { AddressInfo, Server, Socket } from "node:net"
// @ts-expect-error It says nothing of its types.
import hoodiecrow from "hoodiecrow-imap"
import { SMTPServer } from "smtp-server"

export const mailboxAddress = "hola@andina.example"
export const mailboxPassword = "only on this machine"

export type SentMail = { to: string[]; raw: string }

/** `deliver`: puts a mail into the mailbox. `onSent`: what leaves to others. */
export type DemoMailServer = {
  imapPort: number
  smtpPort: number
  deliver: (raw: string, at: Date) => void
  onSent: (listener: (mail: SentMail) => void) => void
  close: () => Promise<void>
}

// As far as it is used here.
type Command = { tag: string; command: string }
type ImapConnection = {
  socket: Socket
  inputHandler: ((line: string) => void) | false
  directNotifications: boolean
  processNotifications: () => void
  send: (response: Command, description: string, parsed: Command, data: string) => void
}
type ImapServer = {
  registerCapability: (name: string) => void
  setCommandHandler: (
    command: string,
    handler: (connection: ImapConnection, parsed: Command, data: string, done: () => void) => void,
  ) => void
  server: Server
  appendMessage: (folder: string, flags: string[], receivedAt: string, raw: string) => unknown
  formatInternalDate: (date: Date) => string
  listen: (port: number, host: string, ready: () => void) => void
  close: (closed: () => void) => void
}
const createImapServer = hoodiecrow as (options: object) => ImapServer

export async function startDemoMailServer(): Promise<DemoMailServer> {
  const imap = createImapServer({
    plugins: ["ID", idle, "UNSELECT", "ENABLE", "NAMESPACE"],
    users: { [mailboxAddress]: { password: mailboxPassword } },
    storage: { INBOX: { messages: [] }, "": {} },
  })
  const deliver = (raw: string, at: Date) => {
    // The server keeps bytes as Latin-1.
    const bytes = Buffer.from(raw.replace(/\r?\n/g, "\r\n")).toString("latin1")
    imap.appendMessage("INBOX", [], imap.formatInternalDate(at), bytes)
  }
  let sent = (_mail: SentMail): void => {}
  const smtp = openSmtpServer((mail) => {
    const isOwn = (address: string) => address.replace(/\+[^@]*@/, "@") === mailboxAddress
    if (mail.to.some(isOwn)) deliver(mail.raw, new Date())
    if (!mail.to.every(isOwn)) sent(mail)
  })
  await new Promise<void>((ready) => imap.listen(0, "127.0.0.1", ready))
  await new Promise<void>((ready) => smtp.listen(0, "127.0.0.1", ready))
  const closeImap = unlessUsed(imap)
  smtp.server.unref()
  return {
    imapPort: (imap.server.address() as AddressInfo).port,
    smtpPort: (smtp.server.address() as AddressInfo).port,
    deliver,
    onSent: (listener) => (sent = listener),
    close: async () => {
      await closeImap()
      await new Promise<void>((closed) => smtp.close(() => closed()))
    },
  }
}

/** Neither the server nor a connection to it keeps the process. */
function unlessUsed(imap: ImapServer): () => Promise<void> {
  const sockets = new Set<Socket>()
  imap.server.unref()
  imap.server.on("connection", (socket: Socket) => {
    sockets.add(socket.unref())
    socket.on("close", () => sockets.delete(socket))
    socket.on("error", () => {})
  })
  return () => {
    for (const socket of sockets) socket.destroy()
    return new Promise((closed) => imap.close(closed))
  }
}

function openSmtpServer(receive: (mail: SentMail) => void): SMTPServer {
  const smtp = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    onAuth: ({ username, password }, _session, done) =>
      password === mailboxPassword ? done(null, { user: username ?? "" }) : done(new Error("wrong password")),
    onData: (stream, { envelope: { rcptTo } }, done) => {
      const chunks: Buffer[] = []
      stream.on("data", (chunk: Buffer) => chunks.push(chunk))
      stream.on("end", () => {
        receive({ to: rcptTo.map(({ address }) => address.toLowerCase()), raw: Buffer.concat(chunks).toString() })
        done()
      })
    },
  })
  smtp.on("error", () => {})
  return smtp
}

/** RFC 2177. The server's own one leaves a timer of half an hour behind, which would keep the process. */
function idle(server: ImapServer): void {
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
