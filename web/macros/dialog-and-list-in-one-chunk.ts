// What chooses saved replies and macros comes as one piece, to those who write.
export { InsertionList, prefetchChoices } from "./insertion-list.tsx"
export { MacroDialog } from "./macro-dialog.tsx"
