import "./load-agreement-texts.ts"

export { AgreementPage } from "./agreement-page.tsx"
export { AgreementsLayout } from "./agreements-layout.tsx"
export { BoardPage } from "./board-page.tsx"
