export { simulationRoutes } from "./routes.ts"
export type { Comparison, SimulationKind, SimulationRequest } from "./simulation-kind.ts"
export { purgeSimulations } from "./simulation-store.ts"
