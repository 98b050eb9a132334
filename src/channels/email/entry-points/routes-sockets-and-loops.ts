import type { EntryPoints } from "#channels/index.ts"
import { startReadingMailboxes } from "./read-mailboxes-loop.ts"

export const emailEntryPoints: EntryPoints = {
  loops: (kit, log) => [startReadingMailboxes(kit, log)],
}
