import { channels } from "#channels/index.ts"
import type { CheckContext, Invariant } from "#kernel/invariant.ts"
import { lastArrival } from "./check-connection-now.ts"
import type { ConnectionRow } from "./connection-store.ts"
import { decryptAccount } from "./decrypt-channel-account.ts"

export const connectionInvariants: Invariant[] = [
  {
    name: "address_scopes",
    why: "An address that means something on one connection only names a connection that exists.",
    remedy: "Restore the connection from a back-up, or remove the address from its contact.",
    find: `select i.id from contact_identities i where i.kind in ('visitor', 'external', 'group') and i.contact_id is not null
      and not exists (select from connections c where c.id = i.scope)`,
  },
  {
    name: "connection_teams",
    why: "The teams of a connection exist.",
    remedy: "Choose the teams of the connection again (Settings, Connections).",
    find: `select c.id from connections c, unnest(c.team_ids) as team
      where c.deleted_at is null and not exists (select from teams where id = team)`,
  },
  {
    name: "connections_reachable",
    why: "Every connection that is switched on reaches its account, and may send.",
    remedy: "Its page (Settings, Connections) says what is wrong, and tries again.",
    // A provider that is away, or an account of a demo, is no damage of the desk.
    isAdvice: true,
    find: unreachableConnections,
  },
]

/** What stopped itself; and, where the network may be asked, what cannot send now. Asked one after the other: providers count. */
async function unreachableConnections(look: CheckContext): Promise<string[]> {
  const rows = await look.db.kysely
    .selectFrom("connections")
    .selectAll()
    .where("deletedAt", "is", null)
    .where("enabled", "=", true)
    .orderBy("id")
    .execute()
  const found: string[] = []
  for (const row of rows as ConnectionRow[]) {
    const fault = await faultOf(look, row).catch((error: Error) => `could not be asked: ${error.message}`)
    if (fault !== null) found.push(`${row.id} ${fault}`)
  }
  return found
}

async function faultOf({ db, secrets, network }: CheckContext, row: ConnectionRow): Promise<string | null> {
  const { breaker } = row.health
  if (breaker) return `stopped since ${breaker.since}: ${breaker.reason}`
  const check = channels[row.kind]?.check
  if (!check || !network || !secrets) return null
  const account = decryptAccount({ db, secrets, ...network, now: () => new Date() }, row)
  const { checks, canSend } = await check(account, await lastArrival({ db }, row))
  const wrong = checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name} ${detail}`)
  return canSend ? null : wrong.join(", ")
}
