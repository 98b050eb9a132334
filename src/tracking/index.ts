export { purgeTrackingLinks } from "./link-store.ts"
export { trackingMailWriters } from "./mail-link.ts"
export { trackingRoutes } from "./routes.ts"
