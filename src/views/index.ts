export { countsAndExportRoutes } from "./counts-and-export-routes.ts"
