export { type ImportReport, type Problem } from "./import-report.ts"
export { type ImportInput, openInput } from "./reading/open-input.ts"
export { runImport } from "./run-import.ts"
export { type SourceName, sourceNames, sources } from "./source-registry.ts"
