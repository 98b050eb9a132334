// Acts of administration: the fact stands in the log, and beside it what each field was and became.
import type { Act } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import type { EventKind } from "./event-kinds.ts"
import { record } from "./record-event.ts"

/** What the audit log may show of it; `fields` must name no secret. */
type AdminChange<F extends string> = {
  subjectId: string
  /** What people call it, for when it is gone. */
  name: string
  /** Nothing before: it was made. Nothing after: it was removed. */
  before?: { [K in F]?: unknown }
  after?: { [K in F]?: unknown }
  fields: readonly F[]
  /** What changed and must not be shown: secrets. */
  touched?: string[]
  /** For the log: ids and enums only. Unless given, which change it was and of which fields. */
  data?: Record<string, unknown>
}

export type FieldChange = { field: string; old: unknown; new: unknown }

/** Records nothing when nothing of these fields differs, unless `data` says what happened beside them. */
export async function recordAdminAct<F extends string>(
  act: Act,
  kind: EventKind,
  audited: AdminChange<F>,
): Promise<void> {
  const { subjectId, before, after, touched = [] } = audited
  const changes = [...differences(audited), ...touched.map((field) => ({ field, old: null, new: null }))]
  const change = before === undefined ? "created" : after === undefined ? "deleted" : "changed"
  if (change === "changed" && changes.length === 0 && !audited.data) return
  const { kind: actorKind, id: actorId } = act.actor
  const row = { id: newId("adm"), at: act.now, kind, actorKind, actorId, subjectId, subjectName: audited.name }
  await act.tx
    .insertInto("adminActs")
    .values({ ...row, fields: JSON.stringify(changes) })
    .execute()
  const named = change === "changed" ? { fields: changes.map(({ field }) => field) } : {}
  await record(act, kind, { subjectId, data: audited.data ?? { change, ...named } })
}

function differences<F extends string>({ before, after, fields }: AdminChange<F>): FieldChange[] {
  return fields
    .map((field) => ({ field, old: before?.[field] ?? null, new: after?.[field] ?? null }))
    .filter((it) => JSON.stringify(it.old) !== JSON.stringify(it.new))
}
