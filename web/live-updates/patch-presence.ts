// Who is there, put into what the screen has loaded of people.
import type { QueryClient } from "@tanstack/react-query"
import type { Page } from "../lib/api-client.ts"
import { keepAge } from "./patch-ticket-lists.ts"

export interface PresenceNotice {
  userId: string
  status: string
}

interface Person {
  id: string
  presence?: string
}

/** A list that does not hold the person is asked for anew: they may have joined since. */
export function patchPresence(client: QueryClient, { userId, status }: PresenceNotice): void {
  const patch = (person: Person) => (person.id === userId ? { ...person, presence: status } : person)
  patchData<Person>(client, "me", patch)
  patchData<Page<Person>>(client, "users", (list) =>
    list.items.some(({ id }) => id === userId) ? { ...list, items: list.items.map(patch) } : undefined,
  )
}

/** An answer that is on its way may be older than the notice: it is patched when it is there. */
function patchData<T extends object>(client: QueryClient, name: string, patch: (data: T) => T | undefined) {
  for (const query of client.getQueryCache().findAll({ queryKey: [name] })) {
    const apply = () => {
      const data = query.state.data as T | undefined
      if (data === undefined) return
      const patched = patch(data)
      if (patched) keepAge(client, query, patched)
      else void client.invalidateQueries({ queryKey: query.queryKey, exact: true })
    }
    if (query.state.fetchStatus === "idle") apply()
    else void query.fetch().then(apply, () => undefined)
  }
}
