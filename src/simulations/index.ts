export { simulationRoutes } from "./routes.ts"
export { slaPoliciesSimulation } from "./sla-policies-simulation.ts"
export type { Comparison, SimulationKind, SimulationRequest } from "./simulation-kind.ts"
export { purgeSimulations } from "./simulation-store.ts"
