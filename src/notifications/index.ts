export { makeNotifications, startNotifications } from "./make.ts"
export { notificationRoutes } from "./routes.ts"
export { forgetOldNotifications } from "./store.ts"
export { tellNotified } from "./tell.ts"
