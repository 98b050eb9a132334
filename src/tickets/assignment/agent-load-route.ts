import { inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { can, principalOf, staffPresence } from "#people/index.ts"
import { loadsOf } from "./capacity.ts"
import { loadsAnswer } from "../api-contract.ts"

export function loadRoute(app: Server, kit: Kit) {
  const schema = {
    tags: ["Tickets"],
    summary: "How much each agent has on their hands, and takes at most",
    response: { 200: loadsAnswer },
  }
  app.get("/api/v1/loads", { config: { access: can.beStaff }, schema }, (request) =>
    inTransaction(kit.db, { actor: principalOf(request), now: kit.now() }, async (act) => {
      const staff = await staffPresence(act.tx, act.now)
      const loads = await loadsOf(
        act,
        staff.map(({ id }) => id),
      )
      return { items: staff.map(({ id, capacity }) => ({ userId: id, load: loads.get(id) ?? 0, capacity })) }
    }),
  )
}
