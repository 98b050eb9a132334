// A desk of a hundred thousand tickets that was ruined in every way is repaired by doctor, and looked at again.
import { tmpdir } from "node:os"
import { openDatabase } from "#kernel/db.ts"
import { createSecrets } from "#kernel/secrets.ts"
import { checkSecret } from "#settings/index.ts"
import { bounds } from "../../src/cli/doctor.ts"
import { type Examination, examine } from "../../src/cli/doctor/check-invariants.ts"
import { fillDatabase } from "../fill-database.ts"
import { type BenchPostgres, createApiKeys, queryRows } from "../postgres-for-bench.ts"

export type RepairScale = { tickets: number }
export type RepairResult = RepairScale & { damaged: number; repairSeconds: number; lookSeconds: number; left: string[] }

const ruin = `
  select setval('ticket_number_seq', 1);
  alter table tickets drop constraint tickets_number_key, alter column number drop not null, drop constraint tickets_priority_check;
  update tickets set number = case hashtext(id) & 7 when 0 then null when 1 then '' when 2 then 'TKT-00042'
      when 3 then 'TKT-' || ltrim(substr(number, 5), '0') when 4 then 'TKT-' || (1764000000000 + abs(hashtext(id))) else number end,
    unread_messages = case hashtext(id) & 3 when 0 then 7 else unread_messages end,
    message_count = case hashtext(id) & 15 when 0 then 99 else message_count end;
  drop index tickets_one_active_per_thread, messages_once, tickets_newest, tickets_open_by_activity, tickets_long_lived;
  alter table tickets alter created_at type bigint using (extract(epoch from created_at) * 1000)::bigint;
  alter table messages drop constraint messages_ticket_id_fkey;
  update event_readers set position = 1000000 where name <> 'sequencer';
  select setval(pg_get_serial_sequence('events', 'id'), 1)`

export async function benchRepair(
  ground: BenchPostgres,
  { tickets }: RepairScale,
  say: (line: string) => void,
): Promise<RepairResult> {
  const url = await ground.database("ruined")
  await fillDatabase(url, tickets, await createApiKeys(url))
  const secrets = createSecrets(ground.secret)
  const db = openDatabase(url, { max: 4, bounds })
  const visit = (repair: boolean) => examine({ db, secrets, dataFolder: tmpdir(), patienceMs: 0 }, { repair })
  try {
    await checkSecret(db, secrets)
    // What COPY passed over is no damage of this bench: texts for the search, counts.
    await visit(true)
    await queryRows(url, "vacuum analyze")
    const before = new Set(wrong(await visit(false)))
    await queryRows(url, ruin)
    const repaired = await timed(() => visit(true))
    const again = await timed(() => visit(true))
    const damaged = repaired.result.checks.reduce((sum, { repaired: n = 0 }) => sum + n, 0)
    const left = wrong(again.result).filter((name) => !before.has(name))
    say(
      `  ${damaged} repaired in ${repaired.seconds.toFixed(1)} s, looked at again in ${again.seconds.toFixed(1)} s; left: ${left.join(", ") || "nothing"}`,
    )
    return { tickets, damaged, repairSeconds: repaired.seconds, lookSeconds: again.seconds, left }
  } finally {
    await db.close()
  }
}

/** What was found or had to be repaired. */
const wrong = ({ checks }: Examination) =>
  checks.filter(({ ok, repaired = 0 }) => !ok || repaired > 0).map(({ name }) => name)

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const began = performance.now()
  const result = await work()
  return { result, seconds: (performance.now() - began) / 1000 }
}

export function repairPart({ tickets, damaged, repairSeconds, lookSeconds, left }: RepairResult): string[] {
  return [
    "## A ruined database",
    `${tickets.toLocaleString("en")} tickets with numbers that are missing, there twice, malformed or times, unread and message counts that do not add up, a column of times turned into numbers, indexes and constraints dropped, sequences and log rewound: ${damaged.toLocaleString("en")} things repaired by \`hilo doctor --repair\` in ${repairSeconds.toFixed(1)} s (goal: 60 s); the second run took ${lookSeconds.toFixed(1)} s and found ${left.length === 0 ? "nothing" : left.join(", ")}.`,
  ]
}
