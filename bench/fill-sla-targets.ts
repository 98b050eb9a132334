// Every ticket of a filled desk under one policy: two targets each, counted as the servers would have.
import { queryRows } from "./postgres-for-bench.ts"

const [firstResponseMinutes, resolutionMinutes] = [480, 40 * 1_440]
const minutes = (count: number) => `interval '${count} minutes'`

/** Closed tickets met or breached theirs; of the open ones some are overdue, the others fall due in the next weeks. */
export async function fillDeadlines(url: string): Promise<void> {
  const targets = { firstResponse: { medium: firstResponseMinutes }, resolution: { medium: resolutionMinutes } }
  await queryRows(
    url,
    "insert into sla_policies (id, name, priority, is_default, targets, created_at, updated_at) values ('sla_bench', 'Bench', 1, true, $1, now(), now())",
    [targets],
  )
  // The tickets are there: two million checks that they are cost more than the rows.
  await queryRows(
    url,
    `set session_replication_role = replica;
     ${targetsOf("first_response", firstResponseMinutes, "status <> 'pending'")};
     ${targetsOf("resolution", resolutionMinutes, "closed_at is not null")};
     insert into ticket_sla (ticket_id, cycle, policy_id, state, due_at, breached_at, has_met, is_running)
       select ticket_id, 1, 'sla_bench', case when bool_or(breached_at is not null) then 'breached' when bool_or(ended_at is null) then 'on_track' else 'met' end,
         min(due_at) filter (where ended_at is null), min(breached_at), coalesce(bool_or(outcome = 'met'), false),
         bool_or(ended_at is null) from sla_targets group by ticket_id`,
  )
}

/** What is ended ended with the last message; what runs and is overdue was recorded. */
function targetsOf(metric: string, count: number, isEnded: string): string {
  return `insert into sla_targets (ticket_id, counted_on, cycle, metric, policy_id, minutes, started_at, started_by, warn_at, due_at,
      warned_at, breached_at, ended_at, outcome, wakes_at)
    select id, id, 1, '${metric}', 'sla_bench', ${count}, created_at, 'created', warn_at, due_at,
      case when warn_at < until then warn_at end, case when due_at < until then due_at end, ended_at,
      case when ended_at is not null then case when due_at < until then 'breached' else 'met' end end,
      case when ended_at is null and due_at >= until then case when warn_at >= until then warn_at else due_at end end
    from (select id, created_at, created_at + ${minutes(0.8 * count)} as warn_at, created_at + ${minutes(count)} as due_at,
        case when ${isEnded} then last_message_at end as ended_at, case when ${isEnded} then last_message_at else now() end as until
      from tickets) t`
}
