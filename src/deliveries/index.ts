export { purgeDeliveries, purgeReplayedElements } from "./delivery-store.ts"
export { failedDeliveryRoutes } from "./failed-delivery-routes.ts"
export { deliveriesTimer, processDeliveries, startDeliveryProcessing } from "./process-deliveries.ts"
export { whatsappRoutes } from "./webhook-routes.ts"
