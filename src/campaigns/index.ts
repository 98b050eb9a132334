export { campaignRoutes } from "./routes.ts"
export { campaignsTimer, startCampaigns } from "./campaign-runner.ts"
