// A desk to import into: an admin, an agent whose team is the default one, a customer with an account; and files to import.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after } from "node:test"
import { openInput, runImport, type SourceName } from "#importing/index.ts"
import { openDatabase } from "#kernel/db.ts"
import type { Kit } from "#kernel/kit.ts"
import { createTeam } from "#people/index.ts"
import { replyRoutes } from "#replies/index.ts"
import { type Ticket, ticketRoutes } from "#tickets/index.ts"
import { acting, member, openDesk } from "./test-desk.ts"

export type ImportedMessage = {
  content: string
  direction: string
  sender: { name: string | null }
  attachments: { name: string; state: string }[]
}

/** `kit`: what the desk has otherwise. */
type Options = {
  source?: SourceName
  desk?: string
  isDryRun?: boolean
  onProgress?: () => void
  signal?: AbortSignal
  kit?: Partial<Pick<Kit, "outbound" | "storage">>
}

export async function openImportDesk() {
  const desk = await openDesk((app, kit) => {
    ticketRoutes(app, kit)
    replyRoutes(app, kit)
  })
  const folder = mkdtempSync(join(tmpdir(), "hilo-import-test-"))
  after(() => rmSync(folder, { recursive: true, force: true }))
  const someone = (name: string, role: "user" | "agent" | "admin") =>
    member(desk, { email: `${name.toLowerCase()}@example.com`, name, role })
  const root = await someone("Root", "admin")
  const ana = await someone("Ana", "agent")
  const carla = await someone("Carla", "user")
  await acting(desk, (act) => createTeam(act, { name: "Soporte", isDefault: true, memberIds: [ana.userId] }))
  const rows = async <Row = Record<string, unknown>>(text: string, values: unknown[] = []) =>
    (await desk.db.pool.query(text, values)).rows as Row[]
  const importFile = async (
    path: string,
    { source = "hilo", isDryRun = false, onProgress = () => {}, kit, ...more }: Options = {},
  ) => {
    const input = await openInput(path, desk)
    // A dry run has one connection.
    const db = isDryRun ? openDatabase(desk.db.url, { max: 1 }) : desk.db
    const wish = { input, source, isDryRun, onProblem: () => {}, onProgress, ...more }
    return runImport({ ...desk, db, ...kit }, wish).finally(() => (isDryRun ? db.close() : undefined))
  }
  let files = 0
  /** A text is a line as it is. */
  const importRecords = (records: (object | string)[], options: Options = {}) => {
    const path = join(folder, `${++files}.jsonl`)
    writeFileSync(path, records.map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join("\n"))
    return importFile(path, options)
  }
  const ticket = async (ref: string, who = root) => (await who.call("GET", `/tickets/${ref}`)).body as Ticket
  const messages = async (ref: string, who = root, more = "") =>
    (await who.call("GET", `/tickets/${ref}/messages${more}`)).body["items"] as ImportedMessage[]
  return { desk, folder, someone, root, ana, carla, rows, importFile, importRecords, ticket, messages }
}
