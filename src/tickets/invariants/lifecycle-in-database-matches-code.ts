// The database holds the lifecycle a second time, so that no other writer can step outside it. Both must say the same.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Invariant } from "#kernel/invariant.ts"
import { isActive, kinds, lifecycles, nextStatuses, phaseOf, type Status } from "../lifecycle/lifecycle-table.ts"

const text = (word: string) => `'${word}'`
const states = kinds.flatMap((kind) => (Object.keys(lifecycles[kind]) as Status[]).map((status) => ({ kind, status })))

const steps = states
  .flatMap(({ kind, status }) => nextStatuses(kind, status).map((to) => `(${[kind, status, to].map(text).join(", ")})`))
  .join(", ")
const stepsInCode = `(values ${steps}) as code (kind, from_status, to_status)`

const readings = states
  .flatMap(({ kind, status }) =>
    [true, false].map((assigned) => {
      const phase = phaseOf(kind, status, assigned)
      return `(${text(kind)}, ${text(status)}, ${assigned}, ${isActive(kind, status)}, ${text(phase)})`
    }),
  )
  .join(", ")

const differing = `select coalesce(code.kind, t.kind) as kind, coalesce(code.from_status, t.from_status) as from_status,
    coalesce(code.to_status, t.to_status) as to_status, t.kind is null as missing
  from ${stepsInCode} full join ticket_transitions t using (kind, from_status, to_status)
  where t.kind is null or code.kind is null`

export const lifecycleInvariants: Invariant[] = [
  {
    name: "lifecycle_steps",
    why: "The database lets a ticket take exactly the steps of its lifecycle.",
    remedy: "puts back the steps of the lifecycle.",
    find: `select concat_ws(' ', kind, from_status, '→', to_status, case when missing then 'is missing' else 'is not a step' end)
      from (${differing}) d`,
    repair: restoreSteps,
  },
  {
    name: "lifecycle_trigger",
    why: "The database itself refuses a step that the lifecycle does not have.",
    remedy: "Switch it on: alter table tickets enable trigger tickets_follow_lifecycle.",
    find: `select 'the trigger tickets_follow_lifecycle is missing or switched off' where not exists (
      select from pg_trigger where tgrelid = 'tickets'::regclass and tgname = 'tickets_follow_lifecycle' and tgenabled in ('O', 'A'))`,
  },
  {
    name: "phases",
    why: "The shared reading of a status (active or not, phase) is the one that the lifecycle gives.",
    remedy: "Change the status of the ticket, back and forth.",
    find: `select t.id from tickets t left join (values ${readings}) as code (kind, status, assigned, active, phase)
        on code.kind = t.kind and code.status = t.status and code.assigned = (t.assignee_id is not null)
      where code.kind is null or code.active <> t.active or code.phase <> t.phase`,
  },
]

async function restoreSteps(act: Act): Promise<void> {
  await sql`delete from ticket_transitions where (kind, from_status, to_status) not in (select * from ${sql.raw(stepsInCode)})`.execute(
    act.tx,
  )
  await sql`insert into ticket_transitions (kind, from_status, to_status) select * from ${sql.raw(stepsInCode)}
    on conflict do nothing`.execute(act.tx)
}
