// As whom Hilo works in its embedded database: the owner of that database and of what is in it, and of nothing else. The
// superuser that made the cluster only starts, locks and stops it.
import { Client } from "pg"

const role = "hilo_server"

/** Who asks, from a superuser's session in another database; `url` leads a superuser into the one that Hilo works in. */
type RoleSetup = { client: Client; url: string; password: string }

/** Makes role and database where they are missing, and hands over what an earlier version made as superuser. */
export async function ensureRole({ client, url, password }: RoleSetup): Promise<void> {
  const { rowCount: isThere } = await client.query("select from pg_roles where rolname = $1", [role])
  if (!isThere) await client.query(`create role ${role} login`)
  await client.query(`alter role ${role} with login nosuperuser password ${client.escapeLiteral(password)}`)
  // So that it may say what holds it back when that is somebody else's session.
  await client.query(`grant pg_read_all_stats to ${role}`)
  const { rows } = await client.query<{ owner: string }>(
    "select pg_get_userbyid(datdba) as owner from pg_database where datname = 'hilo'",
  )
  if (rows.length === 0) await client.query(`create database hilo owner ${role}`)
  else if (rows[0]!.owner !== role) await handOver(client, url)
}

async function handOver(client: Client, url: string): Promise<void> {
  const inside = new Client({ connectionString: url })
  await inside.connect()
  try {
    await inside.query(takeAll)
  } finally {
    await inside.end()
  }
  // Last: a start that was cut short does it all again.
  await client.query(`alter database hilo owner to ${role}`)
}

// Not "reassign owned": the superuser that made the cluster owns the system's own objects too.
const takeAll = `do $$
declare
  command text;
begin
  for command in
    with ours as (select oid, nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema')
    select format('alter schema %I owner to ${role}', nspname) from ours where nspname <> 'public'
    union all
    select format('alter %s %I.%I owner to ${role}',
        case relkind when 'S' then 'sequence' when 'v' then 'view' when 'm' then 'materialized view' else 'table' end, nspname, relname)
      from pg_class c join ours on ours.oid = relnamespace
      where relkind in ('r', 'p', 'S', 'v', 'm')
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i') and relkind = 'S')
    union all
    select format('alter routine %s owner to ${role}', p.oid::regprocedure) from pg_proc p join ours on ours.oid = pronamespace
    union all
    select format('alter type %I.%I owner to ${role}', nspname, typname) from pg_type t join ours on ours.oid = typnamespace
      where typtype in ('e', 'd', 'r') or (typtype = 'c' and (select relkind from pg_class where oid = typrelid) = 'c')
  loop
    execute command;
  end loop;
end $$`

export const roleUrl = (password: string, port: number) => `postgres://${role}:${password}@127.0.0.1:${port}/hilo`
