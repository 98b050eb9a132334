declare module "hoodiecrow-imap" {
  import type { Server } from "node:net"

  type Folder = { uidvalidity: number; uidnext: number; messages: { uid: number; raw: string }[] }
  type Command = { tag: string; command: string; attributes?: { type: string; value: string }[] }
  export type ImapConnection = {
    socket: { write: (text: string) => void }
    inputHandler: ((line: string) => void) | false
    directNotifications: boolean
    processNotifications: () => void
    send: (response: Command, description: string, parsed: Command, data: string) => void
  }
  type Handler = (connection: ImapConnection, parsed: Command, data: string, done: () => void) => void
  export type ImapServer = {
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
    users?: Record<string, { password: string }>
    storage?: Record<string, { uidvalidity?: number; uidnext?: number; messages?: unknown[] }>
  }
  export default function createServer(options?: Options): ImapServer
}
