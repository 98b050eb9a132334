export { purgeDeliveries, purgeReplayedElements } from "./delivery-store.ts"
export { failedDeliveryRoutes } from "./failed-delivery-routes.ts"
export { deliveriesTimer, processDeliveries, startDeliveryProcessing } from "./process-deliveries.ts"
export { webhookRoutes } from "./webhook-routes.ts"
