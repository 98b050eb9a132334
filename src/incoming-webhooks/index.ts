export { purgeDeliveries, purgeFloodMails, purgeReplayedElements } from "./webhook-delivery-store.ts"
export { failedDeliveryRoutes } from "./failed-delivery-routes.ts"
export { deliveriesTimer, processDeliveries, startDeliveryProcessing } from "./process-deliveries.ts"
export {
  createDeliveryStore,
  type FileDelivery,
  nextPositions,
  storeFileDeliveries,
  unknownKeys,
} from "./store-incoming-delivery.ts"
export { rawMailCleanupJob } from "./purge-raw-mails.ts"
export { webhookRoutes } from "./webhook-routes.ts"
