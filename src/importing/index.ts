export { type ImportReport, type Problem } from "./import-report.ts"
export { type ImportInput, openInput } from "./reading/open-input.ts"
export { type ImportWish, runImport } from "./run-import.ts"
export { type SourceName, sourceNames } from "./source-registry.ts"
