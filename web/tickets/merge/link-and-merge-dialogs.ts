// They come as one piece, when the first of them is opened.
export { LinkDialog } from "./link-dialog.tsx"
export { MergeDialog } from "./merge-dialog.tsx"
