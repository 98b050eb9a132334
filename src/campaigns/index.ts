export { campaignRoutes } from "./routes.ts"
export { campaignsTimer, startCampaigns } from "./run.ts"
