export { setupStepRoutes } from "./routes.ts"
