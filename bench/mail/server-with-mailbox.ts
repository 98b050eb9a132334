// A server that reads a mailbox.
import { setTimeout as wait } from "node:timers/promises"
import { type ApiKeys, type BenchPostgres, createApiKeys, queryRows } from "../postgres-for-bench.ts"
import { type RunningServer, startServer } from "../server-process.ts"
import { callApi } from "../whatsapp/server-with-connected-number.ts"
import { type BenchImapServer, startImapServer } from "./imap-server.ts"

export type MailboxServer = {
  databaseUrl: string
  keys: ApiKeys
  imap: BenchImapServer
  server: RunningServer
  /** Mails that are messages. */
  received: () => Promise<number>
  close: () => Promise<void>
}

/** Ready once the mailbox was looked at: what comes then is new. */
export async function startMailboxServer(ground: BenchPostgres, name: string): Promise<MailboxServer> {
  const databaseUrl = await ground.database(name)
  const keys = await createApiKeys(databaseUrl)
  const imap = await startImapServer()
  const server = await startServer(ground, { databaseUrl })
  const way = { host: "127.0.0.1", port: imap.port, security: "none", user: "bench" }
  const settings = { address: "soporte@example.com", auth: "password", password: "bench", imap: way, smtp: way }
  await callApi(server, keys, "POST", "/connections", { kind: "email", name: "Bench", settings })
  // As after its verification.
  const proved = { verification: { at: new Date().toISOString(), learnt: { plusAddress: true }, failure: null } }
  await queryRows(databaseUrl, "update connections set enabled = true, health = $1", [JSON.stringify(proved)])
  const isLookedAt = async () =>
    (await queryRows(databaseUrl, "select from mailboxes where checked_at is not null")).length > 0
  while (!(await isLookedAt())) await wait(100)
  const received = async () => {
    const [row] = await queryRows<{ n: number }>(databaseUrl, "select count(*)::int as n from message_mails")
    return row!.n
  }
  const close = async () => {
    await server.stop()
    imap.close()
  }
  return { databaseUrl, keys, imap, server, received, close }
}
