import assert from "node:assert/strict"
import { test } from "node:test"
import { acting, member, openDesk } from "#test/desks/test-desk.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { createTeam, peopleRoutes } from "#people/index.ts"
import { connectionRoutes } from "./routes.ts"

const desk = await openDesk((app, kit) => {
  peopleRoutes(app, kit)
  connectionRoutes(app, kit)
})
const root = await member(desk, { email: "root@example.com", name: "Root", role: "admin" })
let made = 0
const team = async () => (await acting(desk, (act) => createTeam(act, { name: `Ventas ${++made}` }))).id
const refused = ({ status, body }: { status: number; body: Record<string, unknown> }) => [status, body["detail"]]

test("a connection names teams that exist", async () => {
  const unknown = await root.call("POST", "/connections", { kind: "api", name: "uno", teamIds: ["tem_nobody"] })
  assert.deepEqual(refused(unknown), [400, "teamIds: tem_nobody is not a team"])
  const { id } = await openMessageSource(desk)
  const changed = await root.call("PATCH", `/connections/${id}`, { teamIds: [await team(), "tem_nobody"] })
  assert.deepEqual(refused(changed), [400, "teamIds: tem_nobody is not a team"])
})

test("a team that a connection gives its tickets to stays, and first messages go on coming in", async () => {
  const id = await team()
  const source = await openMessageSource(desk, { teamIds: [id] })
  const used = await root.call("DELETE", `/teams/${id}`)
  assert.deepEqual([used.status, used.body["code"]], [409, "in_use"])
  assert.equal((await source.says("+573001112233")).ticket?.team?.id, id)
  const free = await team()
  const other = await openMessageSource(desk, { teamIds: [free] })
  assert.equal((await root.call("DELETE", `/connections/${other.id}`)).status, 204)
  assert.equal((await root.call("DELETE", `/teams/${free}`)).status, 204)
})

test("a name is the same name with spaces around it", async () => {
  const named = (name: string) => root.call("POST", "/connections", { kind: "api", name })
  assert.equal((await named(" Tienda ")).body["name"], "Tienda")
  assert.equal((await named("tienda")).body["code"], "duplicate_entry")
})
