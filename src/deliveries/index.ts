export {
  purgeDeliveries,
  purgeReplayedElements,
  claimDeliveries,
  type Delivery,
  finishDeliveries,
  holdUntilEnabled,
  postponeDelivery,
  releaseHeldDeliveries,
  saveFailedElements,
  type FailedElement,
} from "./delivery-store.ts"
export { whatsappRoutes } from "./webhook-routes.ts"
