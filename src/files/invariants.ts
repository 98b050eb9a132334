// The bytes behind attachments are not in the database: a folder or a bucket that was left behind, or changed, shows only here.
import type { CheckContext, Findings, Invariant } from "#kernel/invariant.ts"

const mostFiles = 1_000
const atOnce = 20
const patienceMs = 30_000

type SampledFile = { id: string; number: string | null; sha256: string; total: number }

// Any of the attachments that share a file stands for it.
const sample = `select f.id, t.number, f.sha256, f.total from (
    select sha256, min(id) as id, count(*) over () as total from attachments where state = 'stored' group by sha256
    order by random() limit ${mostFiles}) f
  join attachments a on a.id = f.id left join messages m on m.id = a.message_id left join tickets t on t.id = m.ticket_id`

export const fileInvariants: Invariant[] = [
  {
    name: "attachment_files",
    why: "The file of every attachment is where attachments are kept.",
    remedy:
      "Bring back the folder (HILO_DATA/attachments) or the bucket (S3_URL) that has them, or copy them there from a back-up; what is nowhere any more has to be asked for again.",
    find: missingFiles,
  },
]

async function missingFiles({ db, storage }: CheckContext): Promise<Findings> {
  if (!storage) return []
  const { rows } = await db.pool.query<SampledFile>(sample)
  const until = performance.now() + patienceMs
  const missing: SampledFile[] = []
  let seen = 0
  for (; seen < rows.length && performance.now() < until; seen += atOnce) {
    const page = rows.slice(seen, seen + atOnce)
    const isThere = await Promise.all(page.map(async ({ sha256 }) => isFileName(sha256) && storage.has(sha256)))
    missing.push(...page.filter((_, at) => !isThere[at]))
  }
  const offenders = await withoutPurged(db, missing)
  const looked = Math.min(seen, rows.length)
  const total = rows[0]?.total ?? 0
  const scope = looked < total ? `looked at ${looked} of ${total}, chosen by chance` : `looked at ${total}`
  return Object.assign(offenders, { scope })
}

const isFileName = (sha256: string) => /^[0-9a-f]{64}$/.test(sha256)

/** An upload that nobody sent may have been removed since. */
async function withoutPurged({ pool }: CheckContext["db"], missing: SampledFile[]): Promise<string[]> {
  if (missing.length === 0) return []
  const { rows } = await pool.query<{ sha256: string }>(
    "select distinct sha256 from attachments where state = 'stored' and sha256 = any($1)",
    [missing.map(({ sha256 }) => sha256)],
  )
  const named = new Set(rows.map(({ sha256 }) => sha256))
  return missing.filter(({ sha256 }) => named.has(sha256)).map(({ id, number }) => (number ? `${id} of ${number}` : id))
}
