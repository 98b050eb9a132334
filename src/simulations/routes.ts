import { z } from "zod"
import { noContent } from "#kernel/http/input-fields.ts"
import { runRequestWithoutTransaction } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { can, createWriteQuota, principalOf } from "#people/index.ts"
import { simulation, simulationBody } from "./api-contract.ts"
import { createSimulationRuns, type SimulationRuns } from "./run-simulation.ts"
import type { SimulationKind } from "./simulation-kind.ts"
import { endSimulation, existingSimulation } from "./simulation-store.ts"

const path = "/api/v1/simulations"
const tags = ["Simulations"]
const params = z.object({ id: z.string().regex(/^\w{1,60}$/, "is not an id") })
const config = { access: can.simulate }
const anHour = 100

/** What-ifs: they change nothing, see what their asker sees, and are seen by nobody else. */
export function simulationRoutes(app: Server, kit: Kit, kinds: readonly SimulationKind[]) {
  const runs = createSimulationRuns((error) => app.log.warn({ err: error }, "a simulation failed"))
  app.addHook("onClose", runs.stop)
  for (const kind of kinds) startRoute(app, kit, runs, kind)
  app.get(
    `${path}/:id`,
    { config, schema: { tags, summary: "How far a simulation of yours is", params, response: { 200: simulation } } },
    (request) => existingSimulation(kit.db, principalOf(request), request.params.id),
  )
  app.delete(
    `${path}/:id`,
    { config, schema: { tags, summary: "Cancel a simulation of yours", params, response: { 204: noContent } } },
    async (request, reply) => {
      const { id } = await existingSimulation(kit.db, principalOf(request), request.params.id)
      await endSimulation(kit.db, id, "cancelled")
      return reply.code(204).send()
    },
  )
}

function startRoute(app: Server, kit: Kit, runs: SimulationRuns, { name, summary, ...kind }: SimulationKind) {
  const quota = createWriteQuota(kit.db)
  app.post(
    `${path}/${name}`,
    { config, schema: { tags, summary, body: simulationBody(kind.candidate), response: { 201: simulation } } },
    (request, reply) => {
      const who = principalOf(request)
      return runRequestWithoutTransaction(kit, request, reply, 201, async () => {
        await quota.spend("simulation", who.id, anHour)
        const batches = await kind.compare(kit.db, { ...request.body, who })
        const id = await runs.start(kit.db, { kind: name, userId: who.id, batches })
        return existingSimulation(kit.db, who, id)
      })
    },
  )
}
