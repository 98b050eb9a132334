// The schema of a desk anew, in the transaction that is open: what was there goes, the backup's migrations make what it needs,
// and indexes, constraints and triggers come after the rows: made at once they cost a fraction of what they cost row by row.
import type { Client } from "pg"
import { foreignTables, migrateWithin } from "#kernel/database/migrate.ts"
import { queueSchema } from "#kernel/jobs/queue-schema.ts"
import { BackupError } from "./backup-file.ts"
import { deskTables } from "./copy-desk-tables-and-sequences.ts"
import type { DeskEntry } from "./backup-entry-format.ts"
import { type DamagedPart, type PostponedDefinition, postponeDamaged } from "./damaged-columns-and-checks.ts"

type Session = Pick<Client, "query">

const ofExtension = (alias: string) => `exists (select from pg_depend e
  where e.classid = ${alias}.classid and e.objid = ${alias}.objid and e.deptype = 'e')`

/** Throws where tables stand that Hilo did not make, or what needs Hilo's in other schemas: they would go with these. */
export async function refuseForeignTables(client: Session): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')
     and not exists (select from pg_depend e where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e')
     order by 1`,
  )
  const foreign = await foreignTables(
    client,
    rows.map(({ name }) => name),
  )
  const names = [...foreign, ...(await dependentsElsewhere(client))].slice(0, 3).join(", ")
  if (names !== "")
    throw new BackupError(`The database holds tables that are not Hilo's (${names}): give Hilo one of its own.`)
}

/** Views over tables of Hilo, and tables with a foreign key to one. */
async function dependentsElsewhere(client: Session): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select distinct dependent.oid::regclass::text as name from (
       select r.ev_class, d.refobjid from pg_depend d join pg_rewrite r on r.oid = d.objid
         where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass
       union all select conrelid, confrelid from pg_constraint where contype = 'f') needs (by, needed)
     join pg_class dependent on dependent.oid = needs.by join pg_class own on own.oid = needs.needed
     where own.relnamespace = 'public'::regnamespace
       and dependent.relnamespace not in (select oid from pg_namespace where nspname in ('public', $1)) order by 1`,
    [queueSchema],
  )
  return rows.map(({ name }) => name)
}

/** Tables without rows, indexes, constraints and triggers, as the migrations of the backup make them. */
export async function makeEmptyTables(client: Session, desk: DeskEntry): Promise<PostponedDefinition[]> {
  await dropAll(client)
  if (desk.queueSchema !== null) await client.query(desk.queueSchema)
  await migrateWithin(client, desk.migrations)
  const postponed = await dropIndexesConstraintsAndTriggers(client)
  await client.query(`truncate ${(await ownTables(client)).join(", ")}`)
  const damaged = await makeRoom(client, (desk.damaged ?? []).flatMap(postponeDamaged))
  return [...damaged, ...postponed]
}

// Checks stand after the columns that they name, and go first. What cannot go stays as the migrations make it: most rows fit.
async function makeRoom(client: Session, parts: DamagedPart[]): Promise<PostponedDefinition[]> {
  const gone: PostponedDefinition[] = []
  for (const { drops, ...part } of parts.toReversed()) {
    for (const drop of drops) {
      if ((await attempt(client, drop)) !== null) continue
      gone.unshift(part)
      break
    }
  }
  return gone
}

/** Why the transaction that is open refuses it, which then goes on as before; null when it is done. */
async function attempt(client: Session, statements: string): Promise<Error | null> {
  await client.query("savepoint attempt")
  try {
    await client.query(statements)
    return null
  } catch (error) {
    await client.query("rollback to savepoint attempt")
    return error as Error
  } finally {
    await client.query("release savepoint attempt")
  }
}

const ownTables = async (client: Session) =>
  (await deskTables(client)).map(({ name }) => name).filter((name) => name.startsWith("public."))

// Tables first: a sequence that belongs to one cannot go by itself.
async function dropAll(client: Session) {
  const { rows } = await client.query<{ command: string }>(
    `select format('drop %s if exists %s cascade', made.type, made.identity) as command
     from pg_depend d cross join lateral pg_identify_object(d.classid, d.objid, 0) made
     where d.refclassid = 'pg_namespace'::regclass and d.refobjid = 'public'::regnamespace and d.deptype = 'n'
       and d.classid <> 'pg_extension'::regclass and not ${ofExtension("d")}
     order by made.type <> 'table', 1`,
  )
  await client.query(
    [...rows.map(({ command }) => command), `drop schema if exists ${queueSchema} cascade`].join(";\n"),
  )
}

// Each with the statement that makes it again. Those that others refer to go last and come first.
async function dropIndexesConstraintsAndTriggers(client: Session): Promise<PostponedDefinition[]> {
  const { rows } = await client.query<PostponedDefinition & { dropped: string }>(
    `select conname as name, format('alter table %s drop constraint %I', conrelid::regclass, conname) as dropped,
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as made,
       case contype when 'f' then 3 else 1 end as place
     from pg_constraint where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'x', 'f')
     union all
     select relname, format('drop index %s', c.oid::regclass), pg_get_indexdef(c.oid), 2
     from pg_index i join pg_class c on c.oid = i.indexrelid
     where c.relnamespace = 'public'::regnamespace
       and not exists (select from pg_constraint where conindid = c.oid and contype in ('p', 'u', 'x'))
     union all
     select tgname, format('drop trigger %I on %s', tgname, tgrelid::regclass), pg_get_triggerdef(t.oid), 4
     from pg_trigger t join pg_class c on c.oid = tgrelid where c.relnamespace = 'public'::regnamespace and not tgisinternal
     order by place, made`,
  )
  for (const { dropped } of rows.toReversed()) await client.query(dropped)
  return rows
}

/** Makes what was postponed, and goes on to this version. What the rows do not allow is left out and named. */
export async function finishSchema(
  client: Session,
  postponed: PostponedDefinition[],
  onStep: (name: string) => void,
): Promise<string[]> {
  const refused: string[] = []
  await client.query("set local maintenance_work_mem = '256MB'")
  for (const { name, made } of postponed) {
    onStep(name)
    const refusal = await attempt(client, made)
    if (refusal) refused.push(`${name} (${refusal.message})`)
  }
  onStep("later migrations")
  await migrateWithin(client)
  onStep("statistics")
  await client.query(`analyze ${(await ownTables(client)).join(", ")}`)
  return refused
}
