import "./load-campaign-texts.ts"

export { CampaignPage } from "./campaign-page.tsx"
export { CampaignsLayout } from "./campaigns-layout.tsx"
export { CampaignsPage } from "./campaigns-page.tsx"
export { NewCampaignPage } from "./new-campaign-page.tsx"
