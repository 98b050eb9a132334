// What a server caches of connections and people to guess who is new: their messages alone bring a plan for a contact and a ticket.
// Only a guess: the statement that gets the plan looks again, so a server that remembers wrongly or nothing is just slower.
import type { Database } from "#kernel/db.ts"
import type { ConnectionKind } from "#connections/index.ts"
import { addressKey, type InboundMessage } from "../inbound-message.ts"

export type CachedConnection = { kind: ConnectionKind; teamIds: string[] }

type Memory = { connections: Map<string, CachedConnection>; people: Set<string> }

const peopleAtMost = 50_000
const mostConnections = 1_000
const memories = new WeakMap<Database, Memory>()

function memoryOf(db: Database): Memory {
  const memory = memories.get(db) ?? { connections: new Map(), people: new Set() }
  memories.set(db, memory)
  return memory
}

const personKey = ({ connectionId, person }: InboundMessage) => addressKey(connectionId, person.identity)

/** The connection, when we know it and have not seen this person there. */
export function isNewSender(db: Database, inbound: InboundMessage): CachedConnection | null {
  const { connections, people } = memoryOf(db)
  if (people.has(personKey(inbound))) return null
  return connections.get(inbound.connectionId) ?? null
}

export function cacheSender(db: Database, inbound: InboundMessage, connection: CachedConnection): void {
  const { connections, people } = memoryOf(db)
  if (connections.size >= mostConnections) connections.clear()
  connections.set(inbound.connectionId, connection)
  const key = personKey(inbound)
  if (people.size >= peopleAtMost && !people.has(key)) people.delete(people.values().next().value!)
  people.add(key)
}
