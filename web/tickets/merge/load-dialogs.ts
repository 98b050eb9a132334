// The code of these dialogs comes when one is opened.
export const mergeDialog = async () => (await import("./lazy-dialogs.ts")).MergeDialog
export const linkDialog = async () => (await import("./lazy-dialogs.ts")).LinkDialog
