export { campaignRoutes } from "./routes.ts"
export { startCampaigns } from "./run.ts"
