// The cast of house.md at one desk: an admin, a lead, an agent of each of two teams, and a customer with an account.
import { createTeam, type Role } from "#people/index.ts"
import { acting, type Desk, member } from "./desks/test-desk.ts"
import { openMessageSource } from "./desks/message-source.ts"

/** Sol leads Ana's team (`ours`, which has the source), Bruno is alone in his (`theirs`). */
export async function castOf(desk: Desk) {
  const someone = (name: string, role: Role) => member(desk, { email: `${name.toLowerCase()}@example.com`, name, role })
  const [root, sol, ana, bruno, carla] = [
    await someone("Root", "admin"),
    await someone("Sol", "lead"),
    await someone("Ana", "agent"),
    await someone("Bruno", "agent"),
    await someone("Carla", "user"),
  ]
  const team = async (name: string, memberIds: string[]) =>
    (await acting(desk, (act) => createTeam(act, { name, memberIds }))).id
  const ours = await team("Ventas", [ana.userId, sol.userId])
  const theirs = await team("Devoluciones", [bruno.userId])
  return { root, sol, ana, bruno, carla, ours, theirs, source: await openMessageSource(desk, { teamIds: [ours] }) }
}
