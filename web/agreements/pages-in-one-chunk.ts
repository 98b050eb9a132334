import "./load-agreement-texts.ts"

export { AgreementPage } from "./agreement-page.tsx"
export { AgreementReportPage } from "./report/agreement-report-page.tsx"
export { AgreementsLayout } from "./agreements-layout.tsx"
export { BoardPage } from "./board-page.tsx"
export { UnmatchedClosuresPage } from "./unmatched-closures/unmatched-closures-page.tsx"
