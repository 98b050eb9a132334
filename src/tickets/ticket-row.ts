import type { TicketKind, Status } from "./lifecycle/lifecycle-table.ts"

/** The columns that verbs decide by. */
export type TicketRow = {
  id: string
  number: string
  kind: TicketKind
  threadKey: string | null
  status: Status
  active: boolean
  contactId: string | null
  requesterIdentityId: string | null
  connectionId: string | null
  isGroup: boolean
  assigneeId: string | null
  teamId: string | null
  subject: string
  description: string
  priority: string
  tags: string[]
  customFields: Record<string, unknown>
  snoozedUntil: Date | null
  unreadMessages: number
  firstResponseAt: Date | null
  createdByKind: string
  createdById: string | null
  version: number
  reopenCount: number
  cycle: number
  resolvedAt: Date | null
  closedAt: Date | null
  mergedInto: string | null
  createdAt: Date
}
